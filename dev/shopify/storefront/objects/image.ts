import { Drop } from "liquidjs";
import type { ImageRecord } from "../../records";
import type { Visit } from "../visit";

/** An image in Liquid; printed as its address, as Shopify does. */
export class ImageObject extends Drop {
  readonly id: number;
  readonly src: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly aspect_ratio: number;
  readonly position: number;

  constructor(visit: Visit, record: ImageRecord, position = 1) {
    super();
    this.id = record.id;
    this.src = `//${new URL(visit.origin).host}${record.path}`;
    this.alt = record.altText;
    this.width = record.width;
    this.height = record.height;
    this.aspect_ratio = record.width / record.height;
    this.position = position;
  }

  override valueOf(): string {
    return this.src;
  }
}

export function imageObject(visit: Visit, record: ImageRecord | null, position = 1): ImageObject | null {
  return record ? new ImageObject(visit, record, position) : null;
}

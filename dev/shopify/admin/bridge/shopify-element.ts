/** Base of the elements that App Bridge brings: never shown in the app's page, watched for changes. */
export abstract class ShopifyElement extends HTMLElement {
  private observer: MutationObserver | null = null;
  private queued = false;

  connectedCallback(): void {
    this.style.display = "none";
    this.observer = new MutationObserver(() => this.changedSoon());
    this.observer.observe(this, { attributes: true, childList: true, characterData: true, subtree: true });
    this.changedSoon();
  }

  disconnectedCallback(): void {
    this.observer?.disconnect();
    this.removed();
  }

  /** Called once after any number of changes in one go. */
  protected abstract changed(): void;
  protected abstract removed(): void;

  private changedSoon(): void {
    if (this.queued) return;
    this.queued = true;
    queueMicrotask(() => {
      this.queued = false;
      if (this.isConnected) this.changed();
    });
  }
}

/** A button or link that an element of App Bridge asks the admin to draw. */
export interface DrawnAction {
  id: string;
  label: string;
  primary: boolean;
  critical: boolean;
  disabled: boolean;
  loading: boolean;
  back: boolean;
  group: string | null;
}

let last = 0;
const elements = new Map<string, WeakRef<HTMLElement>>();

/** Describes the buttons and links among the elements; pressing a drawn one presses the original. */
export function describeActions(sources: Iterable<Element>, group: string | null = null): DrawnAction[] {
  const actions: DrawnAction[] = [];
  for (const source of sources) {
    if (source.localName === "section") {
      actions.push(...describeActions(source.children, source.getAttribute("label") ?? "More actions"));
    } else if (source instanceof HTMLElement && (source.localName === "button" || source.localName === "a")) {
      actions.push(describe(source, group));
    }
  }
  return actions;
}

function describe(source: HTMLElement, group: string | null): DrawnAction {
  source.dataset.bridgeId ??= String(++last);
  const id = source.dataset.bridgeId;
  elements.set(id, new WeakRef(source));
  const loading = source.getAttribute("loading");
  return {
    id,
    label: source.textContent?.trim() ?? "",
    primary: source.getAttribute("variant") === "primary",
    critical: source.getAttribute("tone") === "critical",
    disabled: source.hasAttribute("disabled"),
    loading: loading !== null && loading !== "false",
    back: source.getAttribute("variant") === "breadcrumb",
    group,
  };
}

/** The original of a drawn button, while it is still in the page. */
export function originalOf(id: string): HTMLElement | null {
  const found = elements.get(id)?.deref();
  if (found?.isConnected) return found;
  elements.delete(id);
  return null;
}

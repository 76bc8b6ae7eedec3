/** One run of `bulkOperationRunQuery`, as the local Shopify keeps it. */
export interface BulkOperationRecord {
  id: number;
  query: string;
  groupObjects: boolean;
  /** EXPIRED is never stored: it is what a finished one becomes when its file's time is over. */
  status: "CREATED" | "RUNNING" | "CANCELING" | "CANCELED" | "COMPLETED" | "FAILED";
  errorCode: "ACCESS_DENIED" | "INTERNAL_SERVER_ERROR" | "TIMEOUT" | null;
  /** What the token that asked was granted. */
  scopes: string[];
  /** Lines written; while it runs, the runner knows better. */
  objectCount: number;
  rootObjectCount: number;
  /** Bytes; null until there is a file to fetch. */
  fileSize: number | null;
  /** The file's name in the bucket; null before it runs. */
  fileKey: string | null;
  createdAt: string;
  completedAt: string | null;
  /** Until when the file can be fetched: seven days after the end. */
  fileExpiresAt: string | null;
}

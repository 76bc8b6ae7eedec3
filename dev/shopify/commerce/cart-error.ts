/** Refused by the AJAX Cart API; `body` is what the storefront answers with `status`. */
export class CartError extends Error {
  readonly status: number;
  readonly body: { status: number; message: string; description: string };

  constructor(description: string, options: { status?: number; message?: string } = {}) {
    super(description);
    this.name = "CartError";
    this.status = options.status ?? 422;
    this.body = { status: this.status, message: options.message ?? "Cart Error", description };
  }
}

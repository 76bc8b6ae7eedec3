/** A browser's worth of a shopper: cookies are kept, redirects are not followed unless asked. */
export class Shopper {
  readonly cookies = new Map<string, string>();

  constructor(private readonly origin: string) {}

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0)
      headers.set("cookie", [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const answer = await fetch(new URL(path, this.origin), { redirect: "manual", ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const cut = pair.indexOf("=");
      if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, cut));
      else this.cookies.set(pair.slice(0, cut), pair.slice(cut + 1));
    }
    return answer;
  }

  get(path: string): Promise<Response> {
    return this.request(path);
  }

  async page(path: string): Promise<string> {
    return (await this.get(path)).text();
  }

  /** Follows up to five redirects; gives the last path and its page. */
  async follow(answer: Response): Promise<{ path: string; status: number; html: string }> {
    let last = answer;
    let path = "";
    for (let hop = 0; hop < 5 && last.status >= 300 && last.status < 400; hop += 1) {
      path = last.headers.get("location") ?? "";
      last = await this.get(path);
    }
    return { path, status: last.status, html: await last.text() };
  }

  postJson(path: string, body: unknown): Promise<Response> {
    return this.request(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  postForm(path: string, fields: Record<string, string> | [string, string][]): Promise<Response> {
    return this.request(path, { method: "POST", body: new URLSearchParams(fields) });
  }
}

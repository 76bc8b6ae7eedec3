/** Where the next page begins. */
export type Page = string | null;

interface Connection<Node> {
  edges: { node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** Adds to a connection the pages that follow it. Ends also where the record went away meanwhile. */
export async function restOf<Node>(
  connection: Connection<Node>,
  next: (after: Page) => Promise<Connection<Node> | null | undefined>,
): Promise<void> {
  for (let { pageInfo } = connection; pageInfo.hasNextPage; ) {
    const page = await next(pageInfo.endCursor);
    if (!page || page.edges.length === 0) return;
    connection.edges.push(...page.edges);
    pageInfo = page.pageInfo;
  }
}

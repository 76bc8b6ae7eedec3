/** Where a document without a shop ends up. Shops are never typed in: the app opens from the Shopify admin. */
export default function Login() {
  return (
    <main
      style={{
        fontFamily: "Inter, -apple-system, sans-serif",
        maxWidth: "32rem",
        margin: "20vh auto",
        padding: "0 1rem",
      }}
    >
      <h1>Throughline lives in your Shopify admin</h1>
      <p>Open your Shopify admin, choose Apps, then Throughline.</p>
    </main>
  );
}

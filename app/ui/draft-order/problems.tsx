import { Banner, List } from "@shopify/polaris";

/** What stands in the way and belongs to no field of the page. */
export function Problems({ messages }: { messages: string[] }) {
  if (messages.length === 0) return null;
  return (
    <Banner tone="critical" title="This could not be done">
      {messages.length === 1 ? (
        messages[0]
      ) : (
        <List>
          {messages.map((message) => (
            <List.Item key={message}>{message}</List.Item>
          ))}
        </List>
      )}
    </Banner>
  );
}

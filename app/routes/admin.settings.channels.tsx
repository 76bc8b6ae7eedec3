import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ClientLoaderFunctionArgs, useLoaderData } from "@remix-run/react";
import { adminPage } from "~/http/admin-json";
import { connections } from "~/settings/channels/connections";
import { formDoor } from "~/settings/form-sites";
import { AdminProblem } from "~/ui/admin-problem";
import { ChannelList } from "~/ui/channels/channel-list";
import { steadyLoader, useKept } from "~/ui/steady";

export const meta: MetaFunction = () => [{ title: "Channels · Throughline" }];

export function loader({ request }: LoaderFunctionArgs) {
  return adminPage(request, async (ctx) => ({ connections: await connections(ctx), form: await formDoor(ctx) }));
}

export const clientLoader = ({ serverLoader }: ClientLoaderFunctionArgs) =>
  steadyLoader("channels", () => serverLoader<typeof loader>());

/** Where people can write to the store. */
export default function Channels() {
  const data = useLoaderData<typeof loader>();
  useKept("channels", data);
  return <ChannelList {...data} />;
}

export { AdminProblem as ErrorBoundary };

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ClientActionFunctionArgs, type ClientLoaderFunctionArgs, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { channelName } from "~/channels/kinds";
import { lookForMissed } from "~/channels/missed";
import { adminJson, adminPage } from "~/http/admin-json";
import { readJson } from "~/http/body";
import { NotFound } from "~/http/errors";
import { connect } from "~/settings/channels/connect";
import { connection } from "~/settings/channels/connections";
import { isConnected } from "~/settings/channels/connectors";
import { disconnect } from "~/settings/channels/disconnect";
import { pause } from "~/settings/channels/pause";
import { readAsideAgain } from "~/settings/channels/put-aside";
import { rename } from "~/settings/channels/rename";
import { testAccount } from "~/settings/channels/test-account";
import { AdminProblem } from "~/ui/admin-problem";
import { ChannelPage } from "~/ui/channels/channel-page";
import { steadyAction, steadyLoader, useKept } from "~/ui/steady";

export function loader({ request, params }: LoaderFunctionArgs) {
  return adminPage(request, (ctx) => connection(ctx, kindOf(params.kind)));
}

export const meta: MetaFunction<typeof loader> = ({ params }) => [
  { title: `${channelName(params.kind ?? "")} · Throughline` },
];

const accountId = z.string();
const body = z.discriminatedUnion("act", [
  z.object({
    act: z.literal("connect"),
    values: z.record(z.string().max(60), z.string().max(10_000, "This is too long.")),
    accountId: z.string().nullable(),
  }),
  z.object({ act: z.literal("test"), accountId }),
  z.object({ act: z.literal("look"), accountId }),
  z.object({ act: z.literal("pause"), accountId }),
  z.object({ act: z.literal("resume"), accountId }),
  z.object({ act: z.literal("rename"), accountId, name: z.string().max(1_000) }),
  z.object({ act: z.literal("disconnect"), accountId }),
  z.object({ act: z.literal("read-again"), accountId }),
]);

/** What is done with a channel's accounts. */
export function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    const kind = kindOf(params.kind);
    const asked = await readJson(request, body);
    switch (asked.act) {
      case "connect":
        return { done: asked.act, made: (await connect(ctx, { ...asked, kind })).made };
      case "test":
        return { done: asked.act, tested: await testAccount(ctx, asked.accountId) };
      case "look":
        await lookForMissed(ctx, asked.accountId);
        break;
      case "pause":
      case "resume":
        await pause(ctx, { accountId: asked.accountId, paused: asked.act === "pause" });
        break;
      case "rename":
        await rename(ctx, asked);
        break;
      case "disconnect":
        await disconnect(ctx, asked.accountId);
        break;
      case "read-again":
        await readAsideAgain(ctx, asked.accountId);
        break;
    }
    return { done: asked.act };
  });
}

function kindOf(text = "") {
  if (!isConnected(text)) throw new NotFound("This channel");
  return text;
}

const keyOf = (kind = "") => `channel ${kind}`;

export const clientLoader = ({ params, serverLoader }: ClientLoaderFunctionArgs) =>
  steadyLoader(keyOf(params.kind), () => serverLoader<typeof loader>());

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) => steadyAction(() => serverAction());

/** One channel: its accounts, and how another one is connected. */
export default function Channel() {
  const data = useLoaderData<typeof loader>();
  useKept(keyOf(data.connection.kind), data);
  return <ChannelPage key={data.connection.kind} {...data} />;
}

export { AdminProblem as ErrorBoundary };

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ClientActionFunctionArgs, type ClientLoaderFunctionArgs, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { assign } from "~/conversations/assign";
import { close } from "~/conversations/close";
import { reopen } from "~/conversations/reopen";
import { snooze } from "~/conversations/snooze";
import { thread } from "~/conversations/thread";
import { personBeside } from "~/customers/beside";
import { personName } from "~/customers/name";
import { adminJson, adminPage } from "~/http/admin-json";
import { readJson } from "~/http/body";
import { channelAbilities } from "~/inbox/channel-abilities";
import { openConversation } from "~/inbox/open-conversation";
import { sendDraftLink } from "~/inbox/send-draft-link";
import { currentPlace, toCursor } from "~/realtime/cursor";
import { listStaff } from "~/team/list-staff";
import { AdminProblem } from "~/ui/admin-problem";
import { ConversationPage } from "~/ui/conversation/conversation-page";
import { steadyAction, steadyLoader, useKept } from "~/ui/steady";

export function loader({ request, params }: LoaderFunctionArgs) {
  return adminPage(request, async (ctx) => {
    const id = params.conversationId ?? "";
    const cursor = toCursor(await currentPlace(ctx.db.sql));
    const conversation = await openConversation(ctx, id);
    const [page, person, staff] = await Promise.all([thread(ctx, id), personBeside(ctx, id), listStaff(ctx)]);
    return { cursor, conversation, page, person, staff, abilities: channelAbilities() };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? personName(data.person.customer) : "Inbox"} · Throughline` },
];

const body = z.discriminatedUnion("act", [
  z.object({ act: z.literal("assign"), staffId: z.string().nullable() }),
  z.object({ act: z.literal("close") }),
  z.object({ act: z.literal("reopen") }),
  z.object({ act: z.literal("snooze"), until: z.iso.datetime() }),
  z.object({
    act: z.literal("send-invoice"),
    draftOrderId: z.string(),
    clientKey: z.string(),
    seenPosition: z.number().int().min(0),
  }),
]);

/** What is done with a whole conversation. */
export function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    const conversationId = params.conversationId ?? "";
    const asked = await readJson(request, body);
    switch (asked.act) {
      case "assign":
        await assign(ctx, { conversationId, staffId: asked.staffId });
        break;
      case "close":
        await close(ctx, conversationId);
        break;
      case "reopen":
        await reopen(ctx, conversationId);
        break;
      case "snooze":
        await snooze(ctx, { conversationId, until: new Date(asked.until) });
        break;
      case "send-invoice":
        await sendDraftLink(ctx, { conversationId, ...asked });
        break;
    }
    return { done: asked.act };
  });
}

const keyOf = (id = "") => `conversation ${id}`;

export const clientLoader = ({ params, serverLoader }: ClientLoaderFunctionArgs) =>
  steadyLoader(keyOf(params.conversationId), () => serverLoader<typeof loader>());

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) => steadyAction(() => serverAction());

export default function Conversation() {
  const data = useLoaderData<typeof loader>();
  useKept(keyOf(data.conversation.id), data);
  return <ConversationPage key={data.conversation.id} {...data} />;
}

export { AdminProblem as ErrorBoundary };

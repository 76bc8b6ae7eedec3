import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { setTakingCalls } from "~/calls/agents";
import { callOut, numbersOf } from "~/calls/call-out";
import { decline } from "~/calls/decline";
import { endOfCall } from "~/calls/end-call";
import { setHold } from "~/calls/hold";
import { liveCalls } from "~/calls/live";
import { ownCall } from "~/calls/own-call";
import { transfer } from "~/calls/transfer";
import { wrapUp } from "~/calls/wrap-up";
import { adminJson } from "~/http/admin-json";
import { readJson } from "~/http/body";

const id = z.string().max(64);
const body = z.discriminatedUnion("act", [
  z.object({
    act: z.literal("take-calls"),
    takesCalls: z.boolean(),
    phone: z.string().max(40).nullable(),
  }),
  z.object({ act: z.literal("call"), customerId: id, number: z.string().max(40) }),
  z.object({ act: z.literal("decline"), callId: id }),
  z.object({ act: z.literal("hold"), callId: id, hold: z.boolean() }),
  z.object({ act: z.literal("transfer"), callId: id, toStaffId: id, brief: z.string().max(2_000) }),
  z.object({ act: z.literal("hang-up"), callId: id }),
  z.object({ act: z.literal("wrap-up"), callId: id, code: z.string().max(60) }),
]);

/** How calls stand for whoever asks; with `customer`, the numbers at which that customer can be called. */
export function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const customer = new URL(request.url).searchParams.get("customer");
  return adminJson(request, async (ctx) =>
    customer ? { numbers: (await numbersOf(ctx, customer)).map(({ number }) => number) } : liveCalls(ctx),
  );
}

/** What a member of staff does with a call. Answers how calls stand then. */
export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    const asked = await readJson(request, body);
    switch (asked.act) {
      case "take-calls":
        await setTakingCalls(ctx, asked);
        break;
      case "call":
        return callOut(ctx, asked);
      case "decline":
        await decline(ctx, asked.callId);
        break;
      case "hold":
        await setHold(ctx, asked);
        break;
      case "transfer":
        await transfer(ctx, asked);
        break;
      case "hang-up": {
        const { call } = await ownCall(ctx, asked.callId);
        await endOfCall(ctx, call.id, "hung-up");
        break;
      }
      case "wrap-up":
        await wrapUp(ctx, asked);
        break;
    }
    return liveCalls(ctx);
  });
}

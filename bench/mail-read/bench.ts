import PostalMime from "postal-mime";
import { readMail } from "../../app/channels/email/parse/read-mail";
import { overRuns, short, table } from "../statistics";
import { ordinaryMails } from "./mails";

/**
 * Reading raw mails, by kind and in the mix in which a shop gets them: everything that the app keeps of one, sanitised HTML
 * included, against `postal-mime`, which parses only. Mails for each second of one processor rather than of the clock, so
 * that the figures hold on a busy machine; both take turns in the same run.
 */
export async function mailReadBench(quick: boolean): Promise<Record<string, unknown>> {
  const runs = quick ? 3 : 7;
  const each = quick ? 200 : 1_500;
  const mails = ordinaryMails();
  const mix = mails.flatMap((mail) => new Array<Buffer>(mail.share).fill(mail.bytes));
  const kinds = [...mails.map(({ name, bytes }) => ({ name, list: [bytes] })), { name: "the mix", list: mix }];
  const rates = new Map<string, number[]>();
  for (const { name, list } of kinds) {
    for (let run = -1; run < runs; run += 1) {
      for (const [reader, read] of Object.entries(readers)) {
        const rate = await measure(list, each, read);
        // The first turn warms the compiler and is not counted.
        if (run >= 0) rates.set(`${name}|${reader}`, [...(rates.get(`${name}|${reader}`) ?? []), rate]);
      }
    }
  }
  const figure = (name: string, reader: string) => overRuns(rates.get(`${name}|${reader}`) ?? []);
  console.log("\nMails read in a second of one processor");
  console.log(
    table(
      ["mail", "bytes", "read whole", "spread", "postal-mime, parsing only"],
      kinds.map(({ name, list }) => {
        const ours = figure(name, "ours");
        const bytes = Math.round(list.reduce((sum, one) => sum + one.length, 0) / list.length);
        return [
          name,
          bytes,
          short(ours.median),
          `${Math.round(ours.spread * 100)} %`,
          short(figure(name, "postal-mime").median),
        ];
      }),
    ),
  );
  return {
    mailsPerCpuSecond: short(figure("the mix", "ours").median),
    spread: short(figure("the mix", "ours").spread),
    floorMailsPerCpuSecond: short(figure("the mix", "postal-mime").median),
    peakMemoryMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

const readers: Readonly<Record<string, (raw: Buffer) => Promise<unknown>>> = {
  ours: (raw) => readMail(raw),
  "postal-mime": (raw) => PostalMime.parse(raw),
};

async function measure(
  list: readonly Buffer[],
  times: number,
  read: (raw: Buffer) => Promise<unknown>,
): Promise<number> {
  const before = process.cpuUsage();
  for (let number = 0; number < times; number += 1) await read(list[number % list.length] as Buffer);
  const used = process.cpuUsage(before);
  return (times * 1_000_000) / (used.user + used.system);
}

import { promises as dns } from "node:dns";
import { env } from "~/env.server";

/** Asks for records of a name, as `dns.promises.resolve` answers and fails. */
export type Resolve = (name: string, type: string) => Promise<string[][] | string[]>;

/** How long an answer is believed: long enough for a newsletter's thousand mails, short enough for a key that changes. */
const believed = 300_000;
/** The same of "there is no such name". */
const deniedFor = 60_000;
const mostAnswers = 5_000;
/** After so many lookups in a row without any answer, nobody waits for DNS for a while. */
const silentAfter = 4;
const restFor = 30_000;

interface Answer {
  until: number;
  given: Promise<string[][] | string[]>;
}

/**
 * A resolver that remembers what it was told and that nobody waits long for. When DNS does not answer at all it fails at
 * once for half a minute, so that mail is read as unproven instead of not at all.
 */
export function rememberingResolver(ask: Resolve, now: () => number = Date.now): Resolve {
  const answers = new Map<string, Answer>();
  let silent = 0;
  let restsUntil = 0;

  return (name, type) => {
    const key = `${type} ${name.toLowerCase()}`;
    const known = answers.get(key);
    if (known && known.until > now()) return known.given;
    if (restsUntil > now()) return Promise.reject(noAnswer());
    const answer: Answer = { until: now() + believed, given: ask(name, type) };
    answers.set(key, answer);
    if (answers.size > mostAnswers) answers.delete(answers.keys().next().value as string);
    answer.given.then(
      () => {
        silent = 0;
      },
      (error: { code?: string }) => {
        if (isDenial(error)) {
          silent = 0;
          answer.until = now() + deniedFor;
          return;
        }
        if (answers.get(key) === answer) answers.delete(key);
        silent += 1;
        if (silent >= silentAfter) restsUntil = now() + restFor;
      },
    );
    return answer.given;
  };
}

/** At most `most` lookups for one mail, so that no mail makes us ask the world. */
export function boundedResolver(resolve: Resolve, most: number): Resolve {
  let left = most;
  return (name, type) => {
    left -= 1;
    return left < 0 ? Promise.reject(noAnswer()) : resolve(name, type);
  };
}

/** The name has no such record: an answer too. */
function isDenial({ code }: { code?: string }): boolean {
  return code === "ENOTFOUND" || code === "ENODATA";
}

function noAnswer(): Error {
  return Object.assign(new Error("DNS gave no answer"), { code: "ETIMEOUT" });
}

let ours: Resolve | undefined;

/** This process's resolver: the machine's own, or the servers of DNS_SERVERS. */
export function resolver(): Resolve {
  if (!ours) {
    const asked = new dns.Resolver({ timeout: 2_000, tries: 2 });
    const { DNS_SERVERS } = env();
    if (DNS_SERVERS) asked.setServers(DNS_SERVERS.split(",").map((one) => one.trim()));
    ours = rememberingResolver((name, type) => asked.resolve(name, type) as Promise<string[][] | string[]>);
  }
  return ours;
}

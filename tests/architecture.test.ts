import { describe, expect, it } from "vitest";
import { type SourceFile, sourceFiles } from "./support/source-files";

const app = sourceFiles("app").filter((file) => !file.path.endsWith("/generated.ts"));
const others = sourceFiles("dev", "tests", "bench", "extensions").filter((file) => !/\/assets\//.test(file.path));
const byPath = new Map(app.map((file) => [file.path, file]));

/** The words of the domain: a folder for each, in which a file is what one can do. */
const domain = [
  "attachments",
  "calls",
  "carts",
  "channels",
  "consent",
  "conversations",
  "customers",
  "draft-orders",
  "home",
  "inbox",
  "live-view",
  "privacy",
  "reconcile",
  "record",
  "selling",
  "settings",
  "shop",
  "shopify-data",
  "team",
  "timeline",
  "visitors",
];

const layers = {
  platform: "knows nothing of support, so it can be read and trusted by itself",
  ground: "what every verb is given: context, database, settings, and what it may throw",
  carriers: "events, jobs and realtime carry what verbs did, and need no verb for it",
  gateway: "says Shopify, mail and channels in words of support; it is asked by the domain and asks nothing of it",
  domain: "holds the verbs: called from doors and jobs, knowing neither HTTP nor pages",
  lists: "says what jobs there are, each with its verb",
  doors: "proves who asks and turns requests into calls",
  pages: "runs in the browser: shapes of data and pure functions only",
  routes: "the URL surface: parses, calls one verb, answers",
  programs: "puts a process together; nothing but doors and routes may reach into it",
} as const;
type Layer = keyof typeof layers;

const allowed: Record<Layer, Layer[]> = {
  platform: ["platform"],
  ground: ["ground", "platform"],
  carriers: ["carriers", "ground", "platform"],
  gateway: ["gateway", "carriers", "ground", "platform"],
  domain: ["domain", "gateway", "carriers", "ground", "platform"],
  lists: ["lists", "domain", "gateway", "carriers", "ground", "platform", "doors"],
  doors: ["doors", "domain", "gateway", "carriers", "ground", "platform"],
  // Which files of the others run in a browser is a test of its own, below.
  pages: ["pages", "domain", "carriers", "gateway", "platform"],
  routes: ["routes", "pages", "doors", "domain", "gateway", "carriers", "ground", "platform"],
  programs: Object.keys(layers) as Layer[],
};

/** Arrows that go the other way on purpose, each with its reason. */
const exceptions: Record<string, string> = {
  "app/realtime/log-reader.ts → app/conversations/message-view.ts": "a pushed fact carries its message, read at once",
  "app/jobs/run.ts → app/jobs/catalogue.ts": "the runner runs what the list says",
  "app/shopify/offline-token.ts → app/app.server.ts": "the library's session storage belongs to the process",
  "app/shopify/offline-token.ts → app/shopify.server.ts": "only the library may exchange and refresh tokens",
  "app/visitors/open-session.ts → app/http/visitor-token.ts": "a session is handed out as a token of that door",
};

/** Which part of the process the doors may ask for. */
const asked = ["app/app.server.ts", "app/shopify.server.ts"];

function layerOf(path: string): Layer {
  const [, folder = "", ...rest] = path.split("/");
  if (rest.length === 0)
    return ["context.ts", "db.server.ts", "env.server.ts"].includes(folder) ? "ground" : "programs";
  if (path === "app/http/errors.ts") return "ground";
  // One way of writing an address or a number, for everybody who meets one; it knows no person.
  if (path === "app/customers/normalise.ts") return "ground";
  if (path === "app/jobs/catalogue.ts") return "lists";
  if (path.startsWith("app/shopify/webhooks/")) return "doors";
  // Telling the story is for whoever writes a fact; reading it knows who a person is.
  if (/^app\/timeline\/(catalogue|subject|tell|teller|untell)\.ts$/.test(path)) return "carriers";
  // Adapters know their provider and nothing of conversations; what stands in the folder itself brings both together.
  if (/^app\/channels\/(.+\/|(channel|inbound|content|kinds|keep|registry|accounts)\.ts$)/.test(path)) return "gateway";
  if (domain.includes(folder)) return "domain";
  const known: Record<string, Layer> = {
    platform: "platform",
    audit: "carriers",
    events: "carriers",
    jobs: "carriers",
    realtime: "carriers",
    shopify: "gateway",
    mail: "gateway",
    http: "doors",
    ui: "pages",
    widget: "pages",
    routes: "routes",
  };
  const layer = known[folder];
  if (!layer)
    throw new Error(`${path}: app/${folder}/ is new. Say in tests/architecture.test.ts which layer it is in.`);
  return layer;
}

const complain = (lines: string[]): void => expect(lines, lines.join("\n")).toEqual([]);

describe("arrows", () => {
  it("go from routes over the domain to the carriers and the platform, never back", () => {
    const used = new Set<string>();
    const wrong = app.flatMap((file) => {
      const from = layerOf(file.path);
      return file.imports.flatMap(({ file: target, typesOnly }) => {
        if (!target?.startsWith("app/") || typesOnly) return [];
        const to = layerOf(target);
        if (allowed[from].includes(to)) return [];
        if (["doors", "routes"].includes(from) && asked.includes(target)) return [];
        const arrow = `${file.path} → ${target}`;
        if (arrow in exceptions) {
          used.add(arrow);
          return [];
        }
        return [`${arrow}: ${from} (${layers[from]}) must not use ${to} (${layers[to]}).`];
      });
    });
    complain(wrong);
    const idle = Object.keys(exceptions).filter((arrow) => !used.has(arrow));
    complain(idle.map((arrow) => `${arrow} is no longer there: take it from the exceptions.`));
  });

  it("never make a circle of files", () => {
    const circles = new Set<string>();
    const done = new Set<string>();
    const visit = (path: string, above: string[]): void => {
      const at = above.indexOf(path);
      if (at >= 0) circles.add([...above.slice(at), path].join(" → "));
      if (at >= 0 || done.has(path)) return;
      for (const { file, typesOnly } of byPath.get(path)?.imports ?? []) {
        if (file && !typesOnly && byPath.has(file)) visit(file, [...above, path]);
      }
      done.add(path);
    };
    for (const file of app) visit(file.path, []);
    complain([...circles].map((circle) => `${circle}: which of them is there first hangs on who imports it.`));
  });

  it("never lead from app/ to what is only for development", () => {
    const outside = (file: SourceFile) => file.imports.filter((one) => one.file && !one.file.startsWith("app/"));
    // The widget's and the loader's builds read the extension's own words and the package's version at most.
    const wrong = app.flatMap((file) =>
      outside(file)
        .filter((one) => !one.file?.startsWith("extensions/"))
        .map((one) => `${file.path} → ${one.file}: production code must not hang on dev/, tests/ or bench/.`),
    );
    complain(wrong);
  });
});

describe("what runs in the browser", () => {
  const serverOnly =
    /^(node:|pg$|ws$|redis$|express$|pino$|jose$|graphile-worker|@prisma\/|@remix-run\/(node|express)|rate-limiter|file-type|zod$)/;

  it.each(["app/ui/", "app/widget/"])(
    "%s reaches no database, no Node and no secret, however far one follows",
    (folder) => {
      const wrong: string[] = [];
      const seen = new Set<string>();
      const visit = (path: string, by: string[]): void => {
        if (seen.has(path)) return;
        seen.add(path);
        if (path.endsWith(".server.ts")) wrong.push(`${[...by, path].join(" → ")}: a server's file in a page.`);
        for (const { specifier, file, typesOnly } of byPath.get(path)?.imports ?? []) {
          if (typesOnly) continue;
          if (file) visit(file, [...by, path]);
          else if (serverOnly.test(specifier)) wrong.push(`${[...by, path, specifier].join(" → ")}: not for browsers.`);
        }
      };
      for (const file of app) if (file.path.startsWith(folder)) visit(file.path, []);
      complain(wrong);
      expect(seen.size).toBeGreaterThan(10);
    },
  );
});

describe("packages", () => {
  it("of Shopify stay where Shopify is: its folder, the admin's door, pages", () => {
    const wrong = app.flatMap((file) =>
      file.imports
        .filter((one) => one.specifier.startsWith("@shopify/") && !mayUseShopify(file.path))
        .map(
          (one) => `${file.path} uses ${one.specifier}: the domain speaks words of support, ask app/shopify for it.`,
        ),
    );
    complain(wrong);
  });

  function mayUseShopify(path: string): boolean {
    return /^app\/(shopify[./]|ui\/|routes\/|root\.tsx$|http\/admin)/.test(path);
  }

  it("of the database, of sockets and of jobs are used in one place each", () => {
    const places: Record<string, RegExp> = {
      ws: /^app\/realtime\//,
      redis: /^app\/(realtime\/redis-bus|http\/limits)\.ts$/,
      "graphile-worker": /^app\/jobs\/run\.ts$/,
      pg: /^app\/(db\.server|realtime\/postgres-bus)\.ts$/,
      express: /^app\/(server|start-with)\.ts$/,
    };
    const wrong = app.flatMap((file) =>
      file.imports
        .filter((one) => !one.typesOnly && places[one.specifier] && !places[one.specifier]?.test(file.path))
        .map((one) => `${file.path} uses ${one.specifier}, which has its one place: ${places[one.specifier]}.`),
    );
    complain(wrong);
  });
});

describe("files", () => {
  it("read the environment in env.server.ts and nowhere else", () => {
    const places = ["app/env.server.ts", "app/platform/log.ts"];
    // NODE_ENV is the runtime's own word, not a setting of ours.
    const wrong = app.filter((file) => !places.includes(file.path) && /process\.env(?!\.NODE_ENV\b)/.test(file.text));
    complain(wrong.map((file) => `${file.path} reads process.env: settings are checked once, in app/env.server.ts.`));
  });

  it("are named for what they are about", () => {
    const empty = /(^|\/)(utils?|helpers?|services?|misc|common|lib|stuff|shared)(\.[a-z.]+)?(\/|$)/i;
    const wrong = [...app, ...others].filter((file) => empty.test(file.path));
    complain(wrong.map((file) => `${file.path}: that name says nothing, name it for what it does.`));
  });

  it("are short enough to be read at once", () => {
    const records = ["dev/shopify/records.ts"];
    const wrong = [...app, ...others].filter((file) => {
      const most = file.path.startsWith("tests/") ? 500 : 300;
      return file.lines > most && !file.path.endsWith("generated.ts") && !records.includes(file.path);
    });
    complain(wrong.map((file) => `${file.path} has ${file.lines} lines: it does more than one thing, take one out.`));
  });

  it("stand in folders that can be taken in at a glance", () => {
    const counts = new Map<string, number>();
    for (const file of app) {
      const folder = file.path.split("/").slice(0, -1).join("/");
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    const wide = [...counts].filter(([folder, count]) => count > 24 && folder !== "app/routes");
    complain(wide.map(([folder, count]) => `${folder} has ${count} files: two things are in there.`));
  });
});

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../../support/listening";

const programs = { dovecot: "/usr/sbin/dovecot", postfix: "/usr/sbin/postfix" };

/** Why the servers cannot be used here; null when they can. */
export function whyNoMailServers(): string | null {
  const missing = Object.entries(programs).flatMap(([name, path]) => (existsSync(path) ? [] : [name]));
  if (missing.length > 0) return `there is no ${missing.join(" and no ")} (Debian: dovecot-imapd, postfix)`;
  return process.getuid?.() === 0 ? null : "only root can start them";
}

/** Who owns the mailboxes: "nobody" of Debian. */
const owner = 65_534;

export interface MailServers {
  imapPort: number;
  smtpPort: number;
  password: string;
  /** Where a mailbox lies on disk. */
  home(address: string): string;
  close(): Promise<void>;
}

/**
 * A Dovecot and a Postfix of the test's own, in a folder of its own: the mail system of `mailboxes`.
 * `routes` says where mail for other domains goes, `aliases` which address forwards to which.
 */
export async function startMailServers(options: {
  mailboxes: string[];
  routes: Record<string, string>;
  aliases: Record<string, string>;
}): Promise<MailServers> {
  const root = mkdtempSync(join(tmpdir(), "throughline-mail-"));
  chmodSync(root, 0o755);
  const mail = join(root, "mail");
  mkdirSync(mail);
  chownSync(mail, owner, owner);
  const [imapPort, smtpPort] = await Promise.all([freePort(), freePort()]);
  const password = "right-here";
  const dovecot = startDovecot(root, mail, imapPort, password);
  const postfix = startPostfix(root, mail, smtpPort, options);
  await Promise.all([answers(imapPort, dovecot), answers(smtpPort, postfix)]);
  return {
    imapPort,
    smtpPort,
    password,
    home: (address) => {
      const [local = "", domain = ""] = address.split("@");
      return join(mail, domain, local);
    },
    async close() {
      await ended(dovecot);
      // Its master is a program of its own: ending the one that started it would leave it running.
      execFileSync(programs.postfix, ["-c", join(root, "postfix"), "stop"], { stdio: "ignore" });
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function startDovecot(root: string, mail: string, port: number, password: string): ChildProcess {
  const file = join(root, "dovecot.conf");
  writeFileSync(
    file,
    `
base_dir = ${root}/dovecot
state_dir = ${root}/dovecot
log_path = ${root}/dovecot.log
protocols = imap
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = 1
auth_failure_delay = 0
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
mail_location = maildir:${mail}/%d/%n/Maildir
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${owner} gid=${owner} home=${mail}/%d/%n
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    special_use = \\Sent
    auto = subscribe
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`,
  );
  mkdirSync(join(root, "dovecot"));
  return spawn(programs.dovecot, ["-F", "-c", file], { stdio: "ignore" });
}

function startPostfix(
  root: string,
  mail: string,
  port: number,
  { mailboxes, routes, aliases }: Parameters<typeof startMailServers>[0],
): ChildProcess {
  const folder = join(root, "postfix");
  const table = (name: string, rows: Record<string, string>) => {
    const lines = Object.entries(rows).map(([key, value]) => `${key} ${value}\n`);
    writeFileSync(join(folder, name), lines.join(""));
    execFileSync("/usr/sbin/postmap", ["-c", folder, `hash:${join(folder, name)}`]);
  };
  const domains = new Set(mailboxes.map((address) => address.split("@")[1]));
  mkdirSync(folder);
  for (const own of ["queue", "data"]) mkdirSync(join(folder, own));
  execFileSync("chown", ["postfix", join(folder, "data")]);
  writeFileSync(
    join(folder, "main.cf"),
    `
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${folder}/log
maillog_file_prefixes = ${folder}
myhostname = mx.customer.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_relay_restrictions = permit_mynetworks, reject
virtual_mailbox_domains = ${[...domains].join(", ")}
virtual_mailbox_base = ${mail}
virtual_mailbox_maps = hash:${folder}/mailboxes
virtual_alias_maps = hash:${folder}/aliases
virtual_minimum_uid = 1
virtual_uid_maps = static:${owner}
virtual_gid_maps = static:${owner}
transport_maps = hash:${folder}/routes
disable_dns_lookups = yes
smtp_dns_support_level = disabled
smtp_tls_security_level = none
`,
  );
  // No service in a folder of its own root, so that nothing has to be copied into it.
  const services = [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    "postlog unix-dgram n - n - 1 postlogd",
    "pickup unix n - n 60 1 pickup",
    "cleanup unix n - n - 0 cleanup",
    "qmgr unix n - n 300 1 qmgr",
    "rewrite unix - - n - - trivial-rewrite",
    "bounce unix - - n - 0 bounce",
    "defer unix - - n - 0 bounce",
    "trace unix - - n - 0 bounce",
    "verify unix - - n - 1 verify",
    "flush unix n - n 1000? 0 flush",
    "smtp unix - - n - - smtp",
    "relay unix - - n - - smtp",
    "error unix - - n - - error",
    "retry unix - - n - - error",
    "discard unix - - n - - discard",
    "virtual unix - n n - - virtual",
    "proxymap unix - - n - - proxymap",
    "tlsmgr unix - - n 1000? 1 tlsmgr",
    "anvil unix - - n - 1 anvil",
    "scache unix - - n - 1 scache",
  ];
  writeFileSync(join(folder, "master.cf"), `${services.join("\n")}\n`);
  table("aliases", aliases);
  const folders = mailboxes.map((address) => [address, `${address.split("@").reverse().join("/")}/Maildir/`]);
  table("mailboxes", Object.fromEntries(folders));
  table("routes", routes);
  return spawn(programs.postfix, ["-c", folder, "start-fg"], { stdio: "ignore" });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(port: number, program: ChildProcess): Promise<void> {
  await until(() => {
    if (program.exitCode !== null) throw new Error(`${program.spawnfile} ended with ${program.exitCode}`);
    return new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("data", () => {
        resolve(true);
        socket.destroy();
      });
      socket.once("error", () => resolve(false));
      socket.setTimeout(2_000, () => {
        resolve(false);
        socket.destroy();
      });
    });
  }, `${program.spawnfile} answers`);
}

async function ended(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null) return;
  const gone = new Promise((resolve) => program.once("exit", resolve));
  program.kill("SIGTERM");
  await gone;
}

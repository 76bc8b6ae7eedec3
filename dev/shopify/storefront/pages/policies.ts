import type { Visit } from "../visit";

/** The shop's written pages: `/policies/<handle>` and `/pages/<handle>`; null when there is none of the name. */
export function legalPage(visit: Visit, handle: string): { title: string; handle: string; content: string } | null {
  const { name, email, countryCode } = visit.settings;
  const safeName = name.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const pages: Record<string, [string, string]> = {
    "privacy-policy": [
      "Privacy policy",
      `<p>${safeName} keeps what it needs to sell to you and to help you: your name, address, e-mail, orders and the conversations you have with us. Nothing is sold on.</p>
<h2>What we keep and why</h2><p>Orders are kept for five years because the law of our country (${countryCode}) asks for it. Conversations are kept for two years, so that you never have to repeat yourself.</p>
<h2>What you can ask for</h2><p>A copy of everything, a correction, or that it is erased. Write to <a href="mailto:${email}">${email}</a> and it is done within thirty days.</p>`,
    ],
    "refund-policy": [
      "Returns",
      `<p>Send back anything unworn or unused within our return time and get your money back to where it came from, usually within three working days of its arrival.</p>`,
    ],
    "terms-of-service": [
      "Terms of service",
      `<p>Buying from ${safeName} is a contract between you and us under the law of our country.</p>`,
    ],
    about: [
      "About us",
      `<p>${safeName} is a small shop that would rather sell you one good thing than three others.</p>`,
    ],
    contact: [
      "Contact",
      `<p>Write to <a href="mailto:${email}">${email}</a>. We read everything and answer on working days, usually within a few hours.</p>`,
    ],
  };
  const found = pages[handle];
  return found ? { title: found[0], handle, content: found[1] } : null;
}

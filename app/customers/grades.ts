/**
 * How sure we are that an identifier is this person's, the weakest first. A claim is what somebody typed. A code that was
 * e-mailed stands above aligned mail: it shows who reads the mailbox now, not only which server sends for the domain. A
 * sign-in stands above it, because Shopify has asked for a code (or a password) too and vouches for the account as well.
 */
export const grades = [
  "claimed",
  "provider-verified",
  "aligned-mail",
  "emailed-code",
  "signed-in",
  "staff-confirmed",
] as const;

export type Grade = (typeof grades)[number];
export type ProvenGrade = Exclude<Grade, "claimed">;

/** Whether the grade is proof enough to know someone by. */
export function isProven(grade: string): boolean {
  return rank(grade) > 0;
}

/** The better of two grades; an unknown one counts as a claim. */
export function betterGrade(one: string, other: string): Grade {
  return grades[Math.max(rank(one), rank(other), 0)] as Grade;
}

function rank(grade: string): number {
  return grades.indexOf(grade as Grade);
}

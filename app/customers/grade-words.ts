/** How sure we are that an address or account is this person's, in words for staff. */
export function gradeWords(grade: string): string {
  switch (grade) {
    case "signed-in":
      return "signed in to the store";
    case "staff-confirmed":
      return "confirmed by your team";
    case "aligned-mail":
      return "wrote from this address";
    case "provider-verified":
      return "vouched for by the channel";
    default:
      return "says this is theirs, not proven";
  }
}

/** Whether the grade is proof enough to show someone's orders as theirs. */
export function isProven(grade: string): boolean {
  return ["signed-in", "staff-confirmed", "aligned-mail", "provider-verified"].includes(grade);
}

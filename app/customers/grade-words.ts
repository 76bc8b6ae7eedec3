/** How sure we are that an address or account is this person's, in words for staff. */
export function gradeWords(grade: string): string {
  switch (grade) {
    case "signed-in":
      return "signed in to the store";
    case "staff-confirmed":
      return "confirmed by your team";
    case "emailed-code":
      return "confirmed with a code sent to it";
    case "aligned-mail":
      return "wrote from this address";
    case "provider-verified":
      return "vouched for by the channel";
    default:
      return "says this is theirs, not proven";
  }
}

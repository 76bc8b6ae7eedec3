import { limits } from "./limits";

/** What went wrong with one mail, each said once. */
export class Problems {
  readonly said: string[] = [];

  add(words: string): void {
    if (this.said.length < limits.problems && !this.said.includes(words)) this.said.push(words);
  }
}

import { type CodeLanguage, codeLanguage } from "~/visitors/code-texts";

/** `{shop}` and `{name}` stand for the shop's name and who of its team wrote. */
interface FollowUpText {
  subject: string;
  wrote: string;
  file: string;
  answer: string;
  back: string;
  why: string;
}

/** In the languages of the storefront chat. */
export const followUpTexts: Record<CodeLanguage, FollowUpText> = {
  ar: {
    subject: "رد من {shop}",
    wrote: "كتب {name}:",
    file: "(ملف: {name})",
    answer: "للرد، أجب على هذه الرسالة: سيظهر ردك في الدردشة نفسها.",
    back: "أو تابع الدردشة هنا:",
    why: "وصلتك هذه الرسالة لأن عنوانك ذُكر في دردشة {shop}. إن لم تكن أنت من كتب، فتجاهلها ولا ترد عليها.",
  },
  da: {
    subject: "Svar fra {shop}",
    wrote: "{name} skrev:",
    file: "(fil: {name})",
    answer: "Svar på denne mail: dit svar vises i den samme chat.",
    back: "Eller fortsæt chatten her:",
    why: "Du får denne mail, fordi din adresse blev oplyst i chatten hos {shop}. Var det ikke dig, så se bort fra den og svar ikke.",
  },
  de: {
    subject: "Antwort von {shop}",
    wrote: "{name} schrieb:",
    file: "(Datei: {name})",
    answer: "Antworten Sie auf diese E-Mail: Ihre Antwort erscheint im selben Chat.",
    back: "Oder führen Sie den Chat hier fort:",
    why: "Sie erhalten diese E-Mail, weil Ihre Adresse im Chat von {shop} angegeben wurde. Waren Sie das nicht, ignorieren Sie sie bitte und antworten Sie nicht.",
  },
  en: {
    subject: "Reply from {shop}",
    wrote: "{name} wrote:",
    file: "(file: {name})",
    answer: "Reply to this e-mail: your answer appears in the same chat.",
    back: "Or go on with the chat here:",
    why: "You get this e-mail because your address was given in the chat at {shop}. If that was not you, ignore it and do not reply.",
  },
  es: {
    subject: "Respuesta de {shop}",
    wrote: "{name} escribió:",
    file: "(archivo: {name})",
    answer: "Responde a este correo: tu respuesta aparecerá en el mismo chat.",
    back: "O sigue con el chat aquí:",
    why: "Recibes este correo porque alguien indicó tu dirección en el chat de {shop}. Si no fuiste tú, ignóralo y no respondas.",
  },
  fr: {
    subject: "Réponse de {shop}",
    wrote: "{name} a écrit :",
    file: "(fichier : {name})",
    answer: "Répondez à cet e-mail : votre réponse apparaîtra dans le même chat.",
    back: "Ou poursuivez le chat ici :",
    why: "Vous recevez cet e-mail parce que votre adresse a été indiquée dans le chat de {shop}. Si ce n’était pas vous, ignorez-le et n’y répondez pas.",
  },
  it: {
    subject: "Risposta da {shop}",
    wrote: "{name} ha scritto:",
    file: "(file: {name})",
    answer: "Rispondi a questa e-mail: la tua risposta comparirà nella stessa chat.",
    back: "Oppure continua la chat qui:",
    why: "Ricevi questa e-mail perché il tuo indirizzo è stato indicato nella chat di {shop}. Se non eri tu, ignorala e non rispondere.",
  },
  ja: {
    subject: "{shop} からの返信",
    wrote: "{name} より:",
    file: "(ファイル: {name})",
    answer: "このメールに返信すると、同じチャットに表示されます。",
    back: "こちらからチャットを続けることもできます:",
    why: "{shop} のチャットでこのアドレスが入力されたため、お送りしています。お心当たりがない場合は、返信せずに破棄してください。",
  },
  nl: {
    subject: "Antwoord van {shop}",
    wrote: "{name} schreef:",
    file: "(bestand: {name})",
    answer: "Beantwoord deze e-mail: je antwoord verschijnt in dezelfde chat.",
    back: "Of ga hier verder met de chat:",
    why: "Je krijgt deze e-mail omdat je adres in de chat van {shop} is opgegeven. Was jij dat niet, negeer hem dan en antwoord niet.",
  },
  "pt-BR": {
    subject: "Resposta de {shop}",
    wrote: "{name} escreveu:",
    file: "(arquivo: {name})",
    answer: "Responda a este e-mail: sua resposta aparecerá no mesmo chat.",
    back: "Ou continue o chat aqui:",
    why: "Você recebeu este e-mail porque seu endereço foi informado no chat da {shop}. Se não foi você, ignore-o e não responda.",
  },
  sv: {
    subject: "Svar från {shop}",
    wrote: "{name} skrev:",
    file: "(fil: {name})",
    answer: "Svara på det här mejlet: ditt svar visas i samma chatt.",
    back: "Eller fortsätt chatten här:",
    why: "Du får det här mejlet eftersom din adress angavs i chatten hos {shop}. Var det inte du, bortse från det och svara inte.",
  },
};

export interface FollowUpReply {
  staffName: string | null;
  text: string;
  files: readonly string[];
}

/** The mail that carries replies of a chat: what was written there since, how to go on, and why it came. */
export function followUpMail(about: {
  locale: string | null;
  shop: string;
  link: string;
  replies: readonly FollowUpReply[];
}): { subject: string; text: string } {
  const words = followUpTexts[codeLanguage(about.locale)];
  const fill = (line: string, name = ""): string =>
    line.replaceAll(/\{(shop|name)\}/g, (_, key) => (key === "shop" ? about.shop : name));
  const replies = about.replies.flatMap(({ staffName, text, files }, at) => {
    const isSame = at > 0 && about.replies[at - 1]?.staffName === staffName;
    const lines = [...(text ? [text] : []), ...files.map((name) => fill(words.file, name))];
    return [...(isSame ? [] : [fill(words.wrote, staffName ?? about.shop)]), lines.join("\n")];
  });
  return {
    subject: fill(words.subject),
    text: [...replies, words.answer, `${words.back}\n${about.link}`, fill(words.why)].join("\n\n"),
  };
}

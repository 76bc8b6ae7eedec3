/** What the mail with a code says. `{shop}` and `{code}` stand for the shop's name and the digits. */
interface CodeText {
  subject: string;
  enter: string;
  valid: string;
  ignore: string;
}

/** In the languages of the storefront chat. */
export const codeTexts = {
  ar: {
    subject: "رمزك لدردشة {shop}",
    enter: "أدخل هذا الرمز في الدردشة على {shop}:",
    valid: "الرمز صالح لمدة عشر دقائق.",
    ignore: "إذا لم تطلبه، فتجاهل هذه الرسالة. لا تشارك الرمز مع أحد.",
  },
  da: {
    subject: "Din kode til chatten hos {shop}",
    enter: "Skriv denne kode i chatten hos {shop}:",
    valid: "Koden gælder i ti minutter.",
    ignore: "Har du ikke bedt om den, kan du se bort fra denne mail. Giv ikke koden til nogen.",
  },
  de: {
    subject: "Ihr Code für den Chat von {shop}",
    enter: "Geben Sie diesen Code im Chat von {shop} ein:",
    valid: "Der Code gilt zehn Minuten.",
    ignore: "Wenn Sie ihn nicht angefordert haben, ignorieren Sie diese E-Mail. Geben Sie den Code niemandem weiter.",
  },
  en: {
    subject: "Your code for the chat at {shop}",
    enter: "Enter this code in the chat at {shop}:",
    valid: "The code is valid for ten minutes.",
    ignore: "If you did not ask for it, ignore this e-mail. Do not pass the code on to anyone.",
  },
  es: {
    subject: "Tu código para el chat de {shop}",
    enter: "Introduce este código en el chat de {shop}:",
    valid: "El código es válido durante diez minutos.",
    ignore: "Si no lo has pedido, ignora este correo. No compartas el código con nadie.",
  },
  fr: {
    subject: "Votre code pour le chat de {shop}",
    enter: "Saisissez ce code dans le chat de {shop} :",
    valid: "Le code est valable dix minutes.",
    ignore: "Si vous ne l’avez pas demandé, ignorez cet e-mail. Ne communiquez ce code à personne.",
  },
  it: {
    subject: "Il tuo codice per la chat di {shop}",
    enter: "Inserisci questo codice nella chat di {shop}:",
    valid: "Il codice è valido per dieci minuti.",
    ignore: "Se non l’hai richiesto, ignora questa e-mail. Non comunicare il codice a nessuno.",
  },
  ja: {
    subject: "{shop} のチャット用コード",
    enter: "{shop} のチャットにこのコードを入力してください:",
    valid: "コードの有効期限は10分です。",
    ignore: "お心当たりがない場合は、このメールを破棄してください。コードは誰にも教えないでください。",
  },
  nl: {
    subject: "Je code voor de chat van {shop}",
    enter: "Voer deze code in de chat van {shop} in:",
    valid: "De code is tien minuten geldig.",
    ignore: "Heb je er niet om gevraagd? Dan kun je deze e-mail negeren. Deel de code met niemand.",
  },
  "pt-BR": {
    subject: "Seu código para o chat de {shop}",
    enter: "Digite este código no chat de {shop}:",
    valid: "O código é válido por dez minutos.",
    ignore: "Se você não o solicitou, ignore este e-mail. Não compartilhe o código com ninguém.",
  },
  sv: {
    subject: "Din kod till chatten hos {shop}",
    enter: "Ange den här koden i chatten hos {shop}:",
    valid: "Koden gäller i tio minuter.",
    ignore: "Om du inte har bett om den kan du bortse från mejlet. Lämna inte koden vidare till någon.",
  },
} satisfies Record<string, CodeText>;

export type CodeLanguage = keyof typeof codeTexts;

/** The language of ours that is closest to a browser's or page's (BCP 47); English when none is. */
export function codeLanguage(locale: string | null): CodeLanguage {
  const wanted = (locale ?? "").toLowerCase();
  const known = Object.keys(codeTexts) as CodeLanguage[];
  const language = (tag: string): string => tag.split(/[-_]/)[0] as string;
  return (
    known.find((tag) => tag.toLowerCase() === wanted) ??
    known.find((tag) => language(tag.toLowerCase()) === language(wanted)) ??
    "en"
  );
}

/** Subject and text of the mail with this code. */
export function codeMail(about: { language: CodeLanguage; shop: string; code: string }): {
  subject: string;
  text: string;
} {
  const words = codeTexts[about.language];
  const fill = (line: string): string => line.replaceAll("{shop}", about.shop);
  return {
    subject: fill(words.subject),
    text: [fill(words.enter), about.code, words.valid, words.ignore].join("\n\n"),
  };
}

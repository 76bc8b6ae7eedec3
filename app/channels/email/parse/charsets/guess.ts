/** Bytes that are enough to tell one charset from another. */
const looked = 16 * 1024;

/**
 * The charset of bytes that are neither ASCII nor UTF-8 and whose charset nobody named, or named wrongly: the candidate in
 * which they spell the most of what people write. Western European when nothing speaks for another.
 */
export function guessCharset(bytes: Buffer): string {
  const sample = bytes.subarray(0, looked);
  let best = "windows-1252";
  let bestScore = scoreOf(sample, best) + 0.05;
  for (const charset of candidates) {
    const score = scoreOf(sample, charset);
    if (score > bestScore) [best, bestScore] = [charset, score];
  }
  return best;
}

const candidates = ["shift_jis", "euc-jp", "gb18030", "big5", "euc-kr", "windows-1251", "koi8-r"] as const;

/** From 0 to 1: how much of what is not ASCII is among the common letters of the charset's languages. */
function scoreOf(sample: Buffer, charset: string): number {
  const text = new TextDecoder(charset).decode(sample);
  const foreign = text.match(/[\u0080-\u{10ffff}]/gu) ?? [];
  if (foreign.length === 0) return 0;
  let points = 0;
  for (const one of foreign) points += worth(one, charset);
  const score = points / foreign.length;
  const isCyrillic = charset === "windows-1251" || charset === "koi8-r";
  return (isCyrillic ? score * caseOf(text) : score) - mixture(text, foreign.length);
}

/** Letters of two scripts in one word speak against a charset: an umlaut between Latin letters is no Cyrillic one. */
function mixture(text: string, foreign: number): number {
  const seams = text.match(
    /[A-Za-z](?=[\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3])|[\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3](?=[A-Za-z])/g,
  );
  return Math.min(1, ((seams?.length ?? 0) / foreign) * 0.5);
}

function worth(one: string, charset: string): number {
  if (one === "\ufffd") return -2;
  switch (charset) {
    case "windows-1252":
      return westernLetters.test(one) ? 0.75 : -0.2;
    case "shift_jis":
    case "euc-jp":
      if (/[\u3040-\u30ff\u3000-\u3002\uff01-\uff5e\u300c\u300d]/.test(one)) return 1;
      // Half-width kana come of every other charset's bytes.
      if (/[\uff61-\uff9f]/.test(one)) return -0.5;
      return commonHan.has(one) ? 0.9 : han.test(one) ? 0.35 : -0.5;
    case "gb18030":
    case "big5":
      if (/[\u3000-\u3002\uff01-\uff5e\u300a-\u300d]/.test(one)) return 0.9;
      return commonHan.has(one) ? 1 : han.test(one) ? 0.45 : -0.5;
    case "euc-kr":
      return /[\uac00-\ud7a3]/.test(one) ? 0.95 : han.test(one) ? 0.2 : -0.5;
    default:
      return /[\u0410-\u044f\u0451\u0401]/.test(one) ? 0.9 : -0.5;
  }
}

/** Words are mostly in small letters: read in the wrong Cyrillic charset they are all capitals. */
function caseOf(text: string): number {
  const small = text.match(/[\u0430-\u044f\u0451]/g)?.length ?? 0;
  const capital = text.match(/[\u0410-\u042f\u0401]/g)?.length ?? 0;
  return small + capital === 0 ? 0 : (small + 0.4 * capital) / (small + capital);
}

const westernLetters = /[à-öø-ÿÀ-ÖØ-Þß€‘’“”–—…•«»°£¡¿ ®©™œŒ]/;
const han = /[\u4e00-\u9fff]/;
const commonHan = new Set(
  "的一是不了人我在有他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目華報立馬命張活難神數件安表原車白應路期叫死常提感金何更反合放做系計或司利受光王果親界及今京務制解各任至清物台象記邊共風戰干接它許八特覺望直服毛林題建南度統色字請交愛讓認算論百吃義科怎元社術結六功指思非流每青管夫連遠資隊跟帶花快條院變聯言權往展該領傳近留紅治決周保達辦運武半候七必城父強步完革深區即求品士轉量空甚眾技輕程告江語英基派滿式李息寫呢識極令黃德收臉錢黨倒未持取設始版雙歷越史商千片容研像找友孩站廣改議形委早房音火際則首單據導影失拿網香似斯專石若兵弟誰校讀志飛觀爭究包組造落視濟喜離壞兒幫您订单谢谢请问发货退款客户订購貨號謝謝商品注文様送願届交換返品連絡お願".split(
    "",
  ),
);

/**
 * What servers say instead of a status code, in the languages of the big ones, and what it comes to. The first that fits
 * counts: what says more stands first.
 */
const wordings: readonly (readonly [status: string, wording: RegExp])[] = [
  [
    "5.2.2",
    /over ?quota|quota exceeded|exceeded.{0,20}(?:quota|storage)|mailbox.{0,20}(?:is )?full|out of storage|insufficient (?:disk|storage)|postfach.{0,20}voll|boîte.{0,30}pleine|buzón.{0,20}lleno|casella.{0,20}piena|переполнен/i,
  ],
  [
    "5.3.4",
    /message (?:size|is too large|too big)|size limit|exceeds? (?:the )?(?:maximum|size)|too large|zu groß|trop volumineux/i,
  ],
  ["5.7.26", /unauthenticated (?:e-?mail|sender)|dmarc|does not pass authentication/i],
  ["5.7.23", /\bspf\b.{0,40}(?:fail|check|not)/i],
  [
    "5.7.1",
    /spam|blacklist|blocklist|blocked|black ?listed|spamhaus|reputation|content (?:rejected|filter)|policy (?:reasons|violation|restrictions)|access denied|not authorized|relay(?:ing)? (?:access )?denied|unsolicited/i,
  ],
  [
    "5.2.1",
    /(?:mailbox|account|user).{0,40}(?:disabled|inactive|suspended|deactivated|locked|not active)|(?:disabled|inactive) (?:mailbox|account|user)|заблокирован/i,
  ],
  [
    "5.1.2",
    /host (?:or domain name )?(?:unknown|not found)|unknown host|no such (?:domain|host)|domain (?:name )?(?:not found|does not exist|couldn'?t be found)|name service error|unrouteable|unroutable|couldn'?t find any host|nxdomain|no mx/i,
  ],
  [
    "5.1.1",
    /user unknown|unknown user|no such (?:user|mailbox|recipient|address)|(?:user|mailbox|recipient|address|account).{0,60}(?:not found|does ?n[o']t exist|unknown|unavailable|not listed|couldn'?t be found|was ?n[o']t found)|user not found|doesn'?t have an? .{1,40}account|invalid (?:recipient|mailbox|address)|not a valid (?:mailbox|recipient)|not listed in (?:domino|public)|address not found|empfänger.{0,40}(?:unbekannt|nicht gefunden|existiert nicht)|adresse.{0,40}(?:introuvable|n'existe pas|nicht gefunden)|no se (?:encontró|ha encontrado)|indirizzo.{0,30}(?:non trovato|inesistente)|não (?:foi )?encontrad|adres.{0,30}niet gevonden|пользователь не найден|не существует|адрес не найден|存在しません|不存在|找不到/i,
  ],
  [
    "4.4.1",
    /timed out|timeout|connection (?:refused|lost|dropped|reset)|could ?n[o']t (?:connect|be reached)|not (?:responding|answer)|no route|network (?:is )?unreachable/i,
  ],
  ["4.3.2", /try again later|temporar(?:y|ily)|greylist|service (?:not available|unavailable)|too many/i],
];

/** The status that a wording comes to; null when it is none of the known ones. */
export function statusOfWords(text: string): string | null {
  const words = text.slice(0, 6000);
  return wordings.find(([, wording]) => wording.test(words))?.[0] ?? null;
}

/** Subjects of bounces, from their beginning. */
export const bounceSubjects: readonly RegExp[] = [
  /^(?:mail )?delivery (?:status notification|failure|failed|delayed|subsystem|notification|incomplete|report)/i,
  /^delivery has failed/i,
  /^(?:undeliverable|undelivered|non[- ]?deliverable|returned mail|failure notice|mail (?:failure|could not be)|message (?:not delivered|could not be|delivery|failure)|could not deliver|mail system error|warning: (?:could not send|message .* delayed)|mail delivery|nondeliverable|address not found|no delivery)/i,
  /^(?:unzustellbar|nicht zustellbar|nicht zugestellt|zustellung|fehler bei der (?:mail)?zustellung|mail konnte nicht)/i,
  /^(?:non remis|non distribu|échec de (?:la )?(?:remise|livraison|distribution)|message non|notification d'échec|impossible de remettre)/i,
  /^(?:no se (?:pudo|puede|ha podido) entregar|no entregado|no se entregó|correo no entregado|error de entrega|mensaje no entregado|notificación de estado de entrega)/i,
  /^(?:non recapitabile|impossibile recapitare|mancato recapito|messaggio non|recapito non|notifica dello stato)/i,
  /^(?:não entregue|não foi possível entregar|falha na entrega|não é possível entregar|mensagem não entregue|notificação de status)/i,
  /^(?:niet te bezorgen|onbestelbaar|kan niet worden bezorgd|bericht niet bezorgd|niet bezorgd|bezorgen mislukt)/i,
  /^(?:kan ikke leveres|ikke leveret|uleveret|kunne ikke levere|meddelelsen kunne ikke|kan ikke sendes|kan inte levereras|inte leverer|olevererat|toimittamatta|ei voi toimittaa|viestiä ei voi)/i,
  /^(?:niedostarczon|nie można dostarczyć|nie dostarczono|niedoręczon|nedoručiteľné|nedoručitelné|nelze doručit|nedoručen|kézbesíthetetlen|nem kézbesíthető|nelivrabil|nu a putut fi livrat|imposibil de livrat)/i,
  /^(?:teslim edilemedi|iletilemedi|teslim edilemez|δεν (?:παραδόθηκε|είναι δυνατή)|недоставленное|не удается доставить|не доставлено|недоставлено|ошибка доставки|не вдалося доставити|недоставлен)/i,
  /^(?:配信不能|配信できません|配信失敗|送信できませんでした|未送達|無法傳遞|无法投递|未送达|無法傳送|系统退信|退信|退回|배달되지 않음|배달할 수 없음|배달 실패|전송 실패)/i,
  /^(?:تعذر التسليم|غير قابل للتسليم|غير قابلة للتسليم|לא ניתן למסירה|לא נמסר|không thể gửi|không gửi được|không thể phân phối|tidak terkirim|tidak dapat dikirim|ไม่สามารถส่ง)/i,
];

/** What bounces say in their first lines, as the big servers word it. */
export const bounceOpenings: readonly RegExp[] = [
  /this is the qmail-send program/i,
  /i'm afraid i was ?n[o']t able to deliver your message/i,
  /(?:unable|not able) to deliver (?:your )?message to the following address/i,
  /this message was created automatically by (?:the )?mail delivery software/i,
  /this is the (?:mail system|postfix program) at host/i,
  /the following address(?:es|\(es\))? (?:failed|had)/i,
  /(?:delivery to the following recipients? (?:failed|has been delayed)|delivery has failed to these recipients)/i,
  /your message did not reach some or all of the intended recipients/i,
  /(?:your )?message (?:wasn't|couldn't be|could not be|was not|has not been|did not get) delivered/i,
  /was not delivered to:/i,
  /transcript of (?:the )?session follows/i,
  /(?:undelivered|undeliverable) (?:mail|message)/i,
  /konnte nicht zugestellt werden|nicht zugestellt|zustellung.{0,40}fehlgeschlagen/i,
  /n'a pas (?:pu être|été) (?:remis|distribué|livré)|échec de la remise/i,
  /no se (?:pudo|ha podido|entregó|puede) entregar|error en la entrega/i,
  /non è stato (?:possibile recapitare|recapitato)|impossibile recapitare/i,
  /não (?:foi entregue|pôde ser entregue|foi possível entregar)/i,
  /(?:is|kan|kon) niet (?:worden )?(?:bezorgd|afgeleverd)/i,
  /не может быть доставлено|не было доставлено|не удалось доставить|не доставлено/i,
  /не вдалося доставити|не було доставлено/i,
  /配信できませんでした|送信できませんでした|届けることができません|无法(?:送达|投递)|無法(?:送達|傳遞)|배달하지 못했|전달되지 않았/,
];

/** What a header of a mail is for, whatever the language its client writes it in. */
export type HeaderField = "from" | "date" | "to" | "cc" | "subject" | "other";

/** Parted by bars. Labels as Outlook, Apple Mail, Thunderbird, Yahoo and Notes write them above the mail that is answered. */
const labels: Readonly<Record<HeaderField, readonly string[]>> = {
  from: [
    "from|sender|von|absender|de|de la|expéditeur|remitente|da|mittente|remetente|van|afzender|fra",
    "afsender|från|avsändare|avsender|lähettäjä|od|nadawca|odesílatel|odosielateľ|feladó|kimden|gönderen",
    "kimden (from)|από|αποστολέας|от|от кого|отправитель|від|відправник|від кого|差出人|送信者|发件人|发信人|寄件者|寄件人",
    "보낸 사람|보낸사람|보내는 사람|발신|من|المرسل|מאת|từ|người gửi|dari|pengirim|จาก|ผู้ส่ง",
  ],
  date: [
    "sent|date|sent at|sent on|date sent|gesendet|datum|gesendet am|envoyé|envoyé le|message du",
    "date d'envoi|enviado|enviado el|fecha|enviada|enviada em|enviado em|data|inviato|inviato il",
    "data invio|verzonden|verzonden op|sendt|dato|skickat|skickades|lähetetty|päivämäärä|päiväys|wysłano",
    "wysłane|odesláno|dne|odoslané|dátum|elküldve|küldve|trimis|dată|gönderildi|gönderilme tarihi",
    "gönderme tarihi|tarih|στάλθηκε|εστάλη|απεστάλη|ημερομηνία|отправлено|дата|дата отправки|надіслано",
    "відправлено|送信日時|送信日|日時|日付|发送时间|发送日期|日期|时间|寄件日期|傳送日期|傳送時間|보낸 날짜|보낸날짜|날짜|일시|تاريخ الإرسال|التاريخ",
    "تم الإرسال|أُرسلت|נשלח|תאריך|đã gửi|ngày|ngày gửi|gửi|dikirim|terkirim|tanggal|ส่งเมื่อ|วันที่|ส่ง",
  ],
  to: [
    "to|an|empfänger|à|a|destinataire|para|destinatario|aan|til|till|vastaanottaja|do|adresat|komu|pro",
    "címzett|către|catre|la|kime|alıcı|προς|кому|宛先|收件人|收件者|받는 사람|받는사람|수신|إلى|الى|אל|đến|tới|người nhận",
    "kepada|ke|untuk|ถึง",
  ],
  cc: [
    "cc|kopie|copie|copie à|copia|cópia|kopi|kopia|kopio|dw|másolat|másolatot kap|bilgi|κοιν|κοινοποίηση",
    "копия|копія|抄送|副本|참조|نسخة|עותק|สำเนา|bcc|cci|cco|ccn",
  ],
  subject: [
    "subject|betreff|thema|objet|sujet|asunto|oggetto|assunto|onderwerp|emne|ämne|aihe|otsikko|temat",
    "předmět|věc|predmet|vec|tárgy|subiect|subiectul|konu|θέμα|тема|件名|主题|主題|主旨|제목|الموضوع|موضوع|נושא",
    "הנדון|chủ đề|tiêu đề|subjek|perihal|judul|เรื่อง|หัวเรื่อง",
  ],
  other: [
    "reply-to|reply to|antwort an|répondre à|responder a|rispondi a|importance|wichtigkeit|priorität",
    "priority|attachments|anlagen|pièces jointes|datos adjuntos|allegati|bijlagen|添付ファイル|附件",
  ],
};

export const headerFields: ReadonlyMap<string, HeaderField> = new Map(
  (Object.entries(labels) as [HeaderField, readonly string[]][]).flatMap(([field, words]) =>
    words.flatMap((some) => some.split("|")).map((word) => [word, field] as const),
  ),
);

/** Notes puts each label on a line of its own, without a colon. */
export const notesLabels: ReadonlySet<string> = new Set([
  "to",
  "cc",
  "bcc",
  "subject",
  "an",
  "kopie",
  "blindkopie",
  "thema",
  "betreff",
  "pour",
  "objet",
  "para",
  "asunto",
  "a",
  "oggetto",
  "aan",
  "onderwerp",
  "til",
  "emne",
  "till",
  "ämne",
]);

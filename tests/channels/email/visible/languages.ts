/** How mail programs write around an answer in one language. */
export interface Language {
  /** Sentences above a quote: Gmail first, then Apple Mail and others. `\n` where they wrap. */
  wrote: string[];
  /** The labels of From, Sent, To and Subject, with what stands between them and the value. */
  headers: [string, string, string, string];
  original: string | null;
  forwarded: string;
  phone: string[];
  reply: string;
}

export const languages: Record<string, Language> = {
  English: {
    wrote: [
      "On Fri, Jan 9, 2026 at 4:37 PM Northwind <help@northwind.example> wrote:",
      "On 9 Jan 2026, at 16:37, Northwind <help@northwind.example> wrote:",
      "On Friday 9 January 2026 at 16:37:05 GMT, Northwind Outfitters\n<help@northwind.example> wrote:",
      "On Friday, January 9th, 2026 at 4:37 PM, Northwind <help@northwind.example>\nwrote:",
      "---- On Fri, 09 Jan 2026 16:37:00 +0000 Northwind <help@northwind.example> wrote ----",
      "On 09/01/2026 16:37, Northwind wrote:",
    ],
    headers: ["From:", "Sent:", "To:", "Subject:"],
    original: "-----Original Message-----",
    forwarded: "---------- Forwarded message ---------",
    phone: [
      "Sent from my iPhone",
      "Get Outlook for iOS<https://aka.ms/o0ukef>",
      "Sent from Mail for Windows",
      "Sent from Yahoo Mail on Android",
    ],
    reply: "Yes, the blue one please.",
  },
  German: {
    wrote: [
      "Am Fr., 9. Jan. 2026 um 16:37 Uhr schrieb Northwind <\nhelp@northwind.example>:",
      "Am 09.01.2026 um 16:37 schrieb Northwind <help@northwind.example>:",
      "Northwind <help@northwind.example> schrieb am Fr., 9. Jan. 2026, 16:37:",
    ],
    headers: ["Von:", "Gesendet:", "An:", "Betreff:"],
    original: "-----Ursprüngliche Nachricht-----",
    forwarded: "---------- Forwarded message ---------",
    phone: [
      "Von meinem iPhone gesendet",
      "Gesendet von Outlook für iOS",
      "Diese Nachricht wurde von meinem Android-Gerät mit GMX Mail gesendet.",
    ],
    reply: "Ja, bitte die blaue.",
  },
  French: {
    wrote: [
      "Le ven. 9 janv. 2026 à 16:37, Northwind <help@northwind.example> a\nécrit :",
      "Le 9 janv. 2026 à 16:37, Northwind <help@northwind.example> a écrit :",
      "Le vendredi 9 janvier 2026 à 16:37:05 UTC+1, Northwind <help@northwind.example>\na écrit\u00a0:",
    ],
    headers: ["De :", "Envoyé :", "À :", "Objet :"],
    original: "-----Message d'origine-----",
    forwarded: "---------- Message transféré ---------",
    phone: ["Envoyé de mon iPhone", "Télécharger Outlook pour Android", "Envoyé depuis mon mobile Orange"],
    reply: "Oui, la bleue s'il vous plaît.",
  },
  Spanish: {
    wrote: [
      "El vie, 9 ene 2026 a las 16:37, Northwind (<help@northwind.example>)\nescribió:",
      "El 9 ene 2026, a las 16:37, Northwind <help@northwind.example> escribió:",
    ],
    headers: ["De:", "Enviado el:", "Para:", "Asunto:"],
    original: "-----Mensaje original-----",
    forwarded: "---------- Mensaje reenviado ----------",
    phone: ["Enviado desde mi iPhone", "Obtener Outlook para iOS"],
    reply: "Sí, la azul por favor.",
  },
  Italian: {
    wrote: [
      "Il giorno ven 9 gen 2026 alle ore 16:37 Northwind <help@northwind.example>\nha scritto:",
      "Il 9 gen 2026, alle ore 16:37, Northwind ha scritto:",
    ],
    headers: ["Da:", "Inviato:", "A:", "Oggetto:"],
    original: "-----Messaggio originale-----",
    forwarded: "---------- Messaggio inoltrato ----------",
    phone: ["Inviato da iPhone", "Inviato dal mio telefono Huawei", "Scarica Outlook per Android"],
    reply: "Sì, quella blu per favore.",
  },
  Portuguese: {
    wrote: [
      "Em sex., 9 de jan. de 2026 às 16:37, Northwind <help@northwind.example>\nescreveu:",
      "No dia 9/01/2026, às 16:37, Northwind <help@northwind.example> escreveu:",
    ],
    headers: ["De:", "Enviada em:", "Para:", "Assunto:"],
    original: "-----Mensagem original-----",
    forwarded: "---------- Mensagem encaminhada ---------",
    phone: ["Enviado do meu iPhone", "Obter o Outlook para Android"],
    reply: "Sim, a azul por favor.",
  },
  Dutch: {
    wrote: [
      "Op vr 9 jan 2026 om 16:37 schreef Northwind <help@northwind.example>:",
      "Op 9 jan. 2026 om 16:37 heeft Northwind <help@northwind.example> het volgende geschreven:",
    ],
    headers: ["Van:", "Verzonden:", "Aan:", "Onderwerp:"],
    original: "-----Oorspronkelijk bericht-----",
    forwarded: "---------- Doorgestuurd bericht ---------",
    phone: ["Verstuurd vanaf mijn iPhone", "Outlook voor iOS downloaden"],
    reply: "Ja, de blauwe graag.",
  },
  Danish: {
    wrote: [
      "Den fre. 9. jan. 2026 kl. 16.37 skrev Northwind <help@northwind.example>:",
      "Den 9. jan. 2026 kl. 16.37 skrev Northwind <\nhelp@northwind.example>:",
    ],
    headers: ["Fra:", "Sendt:", "Til:", "Emne:"],
    original: "-----Oprindelig meddelelse-----",
    forwarded: "---------- Videresendt meddelelse ---------",
    phone: ["Sendt fra min iPhone", "Hent Outlook til iOS"],
    reply: "Ja tak, den blå.",
  },
  Swedish: {
    wrote: [
      "Den fre 9 jan. 2026 kl 16:37 skrev Northwind <help@northwind.example>:",
      "9 jan. 2026 kl. 16:37 skrev Northwind <help@northwind.example>:",
    ],
    headers: ["Från:", "Skickat:", "Till:", "Ämne:"],
    original: "-----Ursprungligt meddelande-----",
    forwarded: "---------- Vidarebefordrat meddelande ---------",
    phone: ["Skickat från min iPhone", "Hämta Outlook för Android"],
    reply: "Ja, den blå tack.",
  },
  Norwegian: {
    wrote: [
      "fre. 9. jan. 2026 kl. 16:37 skrev Northwind <help@northwind.example\n>:",
      "9. jan. 2026 kl. 16:37 skrev Northwind <help@northwind.example>:",
    ],
    headers: ["Fra:", "Sendt:", "Til:", "Emne:"],
    original: "-----Opprinnelig melding-----",
    forwarded: "---------- Videresendt melding ---------",
    phone: ["Sendt fra min iPhone", "Skaff deg Outlook for iOS"],
    reply: "Ja takk, den blå.",
  },
  Finnish: {
    wrote: [
      "pe 9. tammik. 2026 klo 16.37 Northwind (help@northwind.example) kirjoitti:",
      "Northwind <help@northwind.example> kirjoitti 9.1.2026 kello 16.37:",
    ],
    headers: ["Lähettäjä:", "Lähetetty:", "Vastaanottaja:", "Aihe:"],
    original: "-----Alkuperäinen viesti-----",
    forwarded: "---------- Välitetty viesti ---------",
    phone: ["Lähetetty iPhonesta", "Hanki Outlook for Android"],
    reply: "Kyllä, sininen kiitos.",
  },
  Polish: {
    wrote: [
      "pt., 9 sty 2026 o 16:37 Northwind <help@northwind.example> napisał(a):",
      "W dniu 9.01.2026 o 16:37, Northwind pisze:\nnapisał:",
      "Dnia 9 stycznia 2026 16:37 Northwind <help@northwind.example> napisał(a):",
    ],
    headers: ["Od:", "Wysłano:", "Do:", "Temat:"],
    original: "-----Wiadomość oryginalna-----",
    forwarded: "---------- Przekazana wiadomość ---------",
    phone: ["Wysłane z iPhone'a", "Pobierz Outlook dla systemu iOS"],
    reply: "Tak, niebieską poproszę.",
  },
  Czech: {
    wrote: [
      "pá 9. 1. 2026 v 16:37 odesílatel Northwind <help@northwind.example> napsal:",
      "Dne 9. 1. 2026 v 16:37 Northwind <help@northwind.example> napsal(a):",
    ],
    headers: ["Od:", "Odesláno:", "Komu:", "Předmět:"],
    original: "-----Původní zpráva-----",
    forwarded: "---------- Přeposlaná zpráva ---------",
    phone: ["Odesláno z iPhonu", "Získejte Outlook pro iOS"],
    reply: "Ano, tu modrou prosím.",
  },
  Slovak: {
    wrote: [
      "pi 9. 1. 2026 o 16:37 Northwind <help@northwind.example> napísal(a):",
      "Dňa 9. 1. 2026 o 16:37 Northwind <help@northwind.example> napísal:",
    ],
    headers: ["Od:", "Odoslané:", "Komu:", "Predmet:"],
    original: "-----Pôvodná správa-----",
    forwarded: "---------- Preposlaná správa ---------",
    phone: ["Odoslané z iPhonu", "Získajte Outlook pre Android"],
    reply: "Áno, tú modrú prosím.",
  },
  Hungarian: {
    wrote: [
      "Northwind <help@northwind.example> ezt írta (időpont: 2026. jan. 9., P,\n16:37):",
      "2026.01.09. 16:37 keltezéssel, Northwind írta:",
    ],
    headers: ["Feladó:", "Elküldve:", "Címzett:", "Tárgy:"],
    original: "-----Eredeti üzenet-----",
    forwarded: "---------- Továbbított üzenet ---------",
    phone: ["iPhone-ról küldve", "Az én Samsung készülékemről küldve"],
    reply: "Igen, a kéket kérem.",
  },
  Romanian: {
    wrote: [
      "În vin., 9 ian. 2026 la 16:37, Northwind <help@northwind.example> a scris:",
      "Pe 9 ian. 2026, la 16:37, Northwind <help@northwind.example> a scris:",
    ],
    headers: ["De la:", "Trimis:", "Către:", "Subiect:"],
    original: "-----Mesaj original-----",
    forwarded: "---------- Mesaj redirecționat ---------",
    phone: ["Trimis de pe iPhone-ul meu", "Obțineți Outlook pentru iOS"],
    reply: "Da, cea albastră vă rog.",
  },
  Turkish: {
    wrote: [
      "Northwind <help@northwind.example>, 9 Oca 2026 Cum, 16:37 tarihinde\nşunu yazdı:",
      "Northwind <help@northwind.example> şunları yazdı (9 Oca 2026 16:37):",
    ],
    headers: ["Kimden:", "Gönderildi:", "Kime:", "Konu:"],
    original: "-----Özgün İleti-----",
    forwarded: "---------- İletilen ileti ---------",
    phone: ["iPhone’umdan gönderildi", "Android için Outlook'u edinin"],
    reply: "Evet, mavi olanı lütfen.",
  },
  Greek: {
    wrote: [
      "Στις Παρ 9 Ιαν 2026 στις 4:37 μ.μ., ο χρήστης Northwind <\nhelp@northwind.example> έγραψε:",
      "Στις 9 Ιαν 2026, 16:37, ο/η Northwind <help@northwind.example> έγραψε:",
    ],
    headers: ["Από:", "Στάλθηκε:", "Προς:", "Θέμα:"],
    original: "-----Αρχικό μήνυμα-----",
    forwarded: "---------- Προωθημένο μήνυμα ---------",
    phone: ["Στάλθηκε από το iPhone μου", "Λήψη του Outlook για Android"],
    reply: "Ναι, το μπλε παρακαλώ.",
  },
  Russian: {
    wrote: [
      "пт, 9 янв. 2026 г. в 16:37, Northwind <help@northwind.example>:",
      "9 янв. 2026 г., в 16:37, Northwind <help@northwind.example> написал(а):",
      "Пятница, 9 января 2026, 16:37 +03:00 от Northwind <help@northwind.example>:",
      '09.01.2026, 16:37, "Northwind" <help@northwind.example>:',
    ],
    headers: ["От:", "Отправлено:", "Кому:", "Тема:"],
    original: "-----Исходное сообщение-----",
    forwarded: "---------- Пересылаемое сообщение ---------",
    phone: ["Отправлено с iPhone", "Отправлено из мобильной Почты Mail.ru"],
    reply: "Да, синюю пожалуйста.",
  },
  Ukrainian: {
    wrote: [
      "пт, 9 січ. 2026 р. о 16:37 Northwind <help@northwind.example> пише:",
      "9 січ. 2026 р. о 16:37 Northwind <help@northwind.example> написав(ла):",
    ],
    headers: ["Від:", "Надіслано:", "Кому:", "Тема:"],
    original: "-----Вихідне повідомлення-----",
    forwarded: "---------- Переслане повідомлення ---------",
    phone: ["Надіслано з iPhone", "Завантажити Outlook для Android"],
    reply: "Так, синю будь ласка.",
  },
  Japanese: {
    wrote: [
      "2026年1月9日(金) 16:37 Northwind <help@northwind.example>:",
      "2026/01/09 16:37、Northwind <help@northwind.example>のメール:",
    ],
    headers: ["差出人:", "送信日時:", "宛先:", "件名:"],
    original: "-----元のメッセージ-----",
    forwarded: "---------- 転送メッセージ ---------",
    phone: ["iPhoneから送信", "Outlook for iOS を入手"],
    reply: "はい、青いのをお願いします。",
  },
  Chinese: {
    wrote: [
      "Northwind <help@northwind.example> 于2026年1月9日周五 16:37写道：",
      "在 2026年1月9日，下午4:37，Northwind <help@northwind.example> 写道：",
      "Northwind <help@northwind.example> 於 2026年1月9日週五 下午4:37寫道：",
    ],
    headers: ["发件人:", "发送时间:", "收件人:", "主题:"],
    original: "-----原始邮件-----",
    forwarded: "---------- 转发邮件 ---------",
    phone: ["发自我的iPhone", "获取 Outlook for Android"],
    reply: "好的，请给我蓝色的。",
  },
  Korean: {
    wrote: [
      "2026년 1월 9일 (금) 오후 4:37, Northwind <help@northwind.example>님이 작성:",
      "2026. 1. 9. 오후 4:37, Northwind <help@northwind.example> 작성:",
    ],
    headers: ["보낸 사람:", "보낸 날짜:", "받는 사람:", "제목:"],
    original: "-----원본 메시지-----",
    forwarded: "---------- 전달된 메시지 ---------",
    phone: ["나의 iPhone에서 보냄", "내 Galaxy에서 보냄"],
    reply: "네, 파란색으로 부탁드립니다.",
  },
  Arabic: {
    wrote: [
      "في الجمعة، ٩ يناير ٢٠٢٦ في ٤:٣٧ م تمت كتابة ما يلي بواسطة Northwind\n\u200f<help@northwind.example>:\u200e",
      "في ٩ يناير ٢٠٢٦، الساعة ٤:٣٧ م، كتب Northwind <help@northwind.example>:",
    ],
    headers: ["من:", "تاريخ الإرسال:", "إلى:", "الموضوع:"],
    original: "-----الرسالة الأصلية-----",
    forwarded: "---------- رسالة معاد توجيهها ---------",
    phone: ["أُرسلت من الـ iPhone", "الحصول على Outlook لـ iOS"],
    reply: "نعم، الأزرق من فضلك.",
  },
  Hebrew: {
    wrote: [
      "\u202bבתאריך יום ו׳, 9 בינו׳ 2026 ב-16:37 מאת \u202aNorthwind\u202c\u200f <\u202ahelp@northwind.example\u202c\u200f>:\u202c",
      "ב-9 בינו׳ 2026, בשעה 16:37, Northwind <help@northwind.example> כתב/ה:",
    ],
    headers: ["מאת:", "נשלח:", "אל:", "נושא:"],
    original: "-----הודעה מקורית-----",
    forwarded: "---------- הודעה שהועברה ---------",
    phone: ["נשלח מה-iPhone שלי", "קבל את Outlook עבור iOS"],
    reply: "כן, הכחול בבקשה.",
  },
  Vietnamese: {
    wrote: [
      "Vào Th 6, 9 thg 1, 2026 vào lúc 16:37 Northwind <\nhelp@northwind.example> đã viết:",
      "Vào 16:37, 9 thg 1, 2026, Northwind <help@northwind.example> đã viết:",
    ],
    headers: ["Từ:", "Đã gửi:", "Đến:", "Chủ đề:"],
    original: "-----Thư gốc-----",
    forwarded: "---------- Thư chuyển tiếp ---------",
    phone: ["Đã gửi từ iPhone của tôi", "Tải Outlook cho iOS"],
    reply: "Vâng, cho tôi màu xanh.",
  },
  Indonesian: {
    wrote: [
      "Pada tanggal Jum, 9 Jan 2026 pukul 16.37 Northwind <help@northwind.example>\nmenulis:",
      "Pada 9 Jan 2026, pukul 16.37, Northwind <help@northwind.example> menulis:",
    ],
    headers: ["Dari:", "Dikirim:", "Kepada:", "Subjek:"],
    original: "-----Pesan Asli-----",
    forwarded: "---------- Pesan terusan ---------",
    phone: ["Dikirim dari iPhone saya", "Dapatkan Outlook untuk Android"],
    reply: "Ya, yang biru saja.",
  },
  Thai: {
    wrote: [
      "ในวันที่ ศ. 9 ม.ค. 2026 เวลา 16:37 Northwind <help@northwind.example>\nเขียนว่า:",
      "เมื่อวันที่ 9 ม.ค. 2569 เวลา 16:37 Northwind <help@northwind.example> เขียน:",
    ],
    headers: ["จาก:", "ส่งเมื่อ:", "ถึง:", "เรื่อง:"],
    original: "-----ข้อความต้นฉบับ-----",
    forwarded: "---------- ข้อความที่ส่งต่อ ---------",
    phone: ["ส่งจาก iPhone ของฉัน", "ดาวน์โหลด Outlook สำหรับ iOS"],
    reply: "ค่ะ ขอสีน้ำเงินค่ะ",
  },
};

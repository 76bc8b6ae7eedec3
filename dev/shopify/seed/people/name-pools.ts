/** Where a shop's customers live and what they are called there. Latin spellings make the e-mail addresses. */
export interface NamePool {
  countryCode: string;
  locale: string;
  dial: string;
  /** As written, and in Latin letters where that differs. */
  first: readonly (string | readonly [written: string, latin: string])[];
  last: readonly (string | readonly [written: string, latin: string])[];
  cities: readonly (readonly [city: string, zip: string, province: string | null])[];
  streets: readonly string[];
}

export const POOLS: readonly NamePool[] = [
  {
    countryCode: "DK",
    locale: "da",
    dial: "+45",
    first: ["Freja", "Søren", "Ida", "Mads", "Astrid", "Rasmus", "Karla", "Jørgen", "Alma", "Emil"],
    last: ["Nørgaard", "Kjær", "Thomsen", "Mølgaard", "Bach", "Skov", "Dahl", "Østergaard"],
    cities: [
      ["Aarhus", "8000", null],
      ["København N", "2200", null],
      ["Odense", "5000", null],
      ["Aalborg", "9000", null],
      ["Skagen", "9990", null],
    ],
    streets: ["Mejlgade 14", "Jægergårdsgade 61, 2. tv", "Nørrebrogade 112", "Havnevej 3", "Skolegade 27"],
  },
  {
    countryCode: "SE",
    locale: "sv",
    dial: "+46",
    first: ["Elsa", "Åke", "Maja", "Nils", "Signe", "Björn", "Linnéa", "Axel"],
    last: ["Lindqvist", "Öberg", "Sandström", "Hägg", "Wallin", "Ekström"],
    cities: [
      ["Stockholm", "116 45", null],
      ["Göteborg", "413 01", null],
      ["Umeå", "903 26", null],
      ["Malmö", "211 22", null],
    ],
    streets: ["Götgatan 44", "Linnégatan 9 B", "Storgatan 71", "Båtsmansvägen 2"],
  },
  {
    countryCode: "DE",
    locale: "de",
    dial: "+49",
    first: ["Jürgen", "Käthe", "Lena", "Friedrich", "Mila", "Jonas", "Annegret", "Cem"],
    last: ["Weiß", "Schröder", "Hoffmann", "Yıldız", "von der Heide", "Großmann", "Köhler"],
    cities: [
      ["Berlin", "10997", null],
      ["Hamburg", "22765", null],
      ["München", "80469", null],
      ["Leipzig", "04229", null],
    ],
    streets: ["Oranienstraße 25", "Große Elbstraße 117", "Klenzestraße 8", "Karl-Heine-Straße 60"],
  },
  {
    countryCode: "FR",
    locale: "fr",
    dial: "+33",
    first: ["Éloïse", "Théo", "Anaïs", "Benoît", "Zoé", "Mathieu", "Aïcha", "François"],
    last: ["Lefèvre", "d'Aubigné", "Garnier", "Benali", "Chevalier", "Roux"],
    cities: [
      ["Paris", "75011", null],
      ["Lyon", "69001", null],
      ["Rennes", "35000", null],
      ["Annecy", "74000", null],
    ],
    streets: ["12 rue Oberkampf", "3 bis place Sathonay", "41 quai Duguay-Trouin", "7 avenue de Chambéry"],
  },
  {
    countryCode: "GB",
    locale: "en-GB",
    dial: "+44",
    first: ["Imogen", "Callum", "Siân", "Rhys", "Priya", "Hamish", "Olwen", "Tariq", "Beatrix"],
    last: ["MacKenzie", "O'Hara", "Llewellyn", "Okafor", "Patel", "Featherstonehaugh", "Shah", "Drummond"],
    cities: [
      ["Edinburgh", "EH6 6QU", null],
      ["Bristol", "BS1 4UB", null],
      ["Keswick", "CA12 5JR", null],
      ["London", "E8 3PH", null],
    ],
    streets: ["22 Shore Place", "5 Redcliffe Parade West", "Beck Cottage, High Hill", "Flat 4, 90 Mare Street"],
  },
  {
    countryCode: "ES",
    locale: "es",
    dial: "+34",
    first: ["Íñigo", "Lucía", "Begoña", "Álvaro", "Nuria", "Joaquín"],
    last: ["Muñoz", "Etxeberria", "García Márquez", "Peña", "Ibáñez"],
    cities: [
      ["Bilbao", "48005", "Bizkaia"],
      ["Granada", "18009", "Granada"],
      ["Barcelona", "08003", "Barcelona"],
    ],
    streets: ["Calle Somera 14, 3º", "Cuesta de Gomérez 38", "Carrer del Rec 51"],
  },
  {
    countryCode: "GR",
    locale: "el",
    dial: "+30",
    first: [
      ["Νίκος", "nikos"],
      ["Ελένη", "eleni"],
      ["Γιώργος", "giorgos"],
    ],
    last: [
      ["Παπαδόπουλος", "papadopoulos"],
      ["Κωνσταντίνου", "konstantinou"],
    ],
    cities: [
      ["Αθήνα", "105 58", null],
      ["Χανιά", "731 32", null],
    ],
    streets: ["Αδριανού 42", "Ζαμπελίου 11"],
  },
  {
    countryCode: "PL",
    locale: "pl",
    dial: "+48",
    first: ["Łukasz", "Małgorzata", "Wojciech", "Zofia", "Stanisław"],
    last: ["Wiśniewski", "Dąbrowska", "Brzęczyszczykiewicz", "Zając"],
    cities: [
      ["Kraków", "31-056", null],
      ["Gdańsk", "80-838", null],
    ],
    streets: ["ul. Józefa 18/4", "ul. Długie Pobrzeże 7"],
  },
  {
    countryCode: "UA",
    locale: "uk",
    dial: "+380",
    first: [
      ["Оксана", "oksana"],
      ["Тарас", "taras"],
      ["Соломія", "solomiia"],
    ],
    last: [
      ["Шевченко", "shevchenko"],
      ["Коваленко", "kovalenko"],
    ],
    cities: [
      ["Львів", "79008", null],
      ["Київ", "01030", null],
    ],
    streets: ["вул. Руська 12", "вул. Ярославів Вал 21"],
  },
  {
    countryCode: "AE",
    locale: "ar",
    dial: "+971",
    first: [
      ["فاطمة", "fatima"],
      ["عمر", "omar"],
      ["ليلى", "layla"],
      ["يوسف", "yousef"],
    ],
    last: [
      ["الهاشمي", "alhashimi"],
      ["المنصوري", "almansoori"],
      ["عبد الرحمن", "abdulrahman"],
    ],
    cities: [
      ["دبي", "00000", "Dubai"],
      ["أبو ظبي", "00000", "Abu Dhabi"],
    ],
    streets: ["شارع الشيخ زايد 118", "شارع الكورنيش 7"],
  },
  {
    countryCode: "IL",
    locale: "he",
    dial: "+972",
    first: [
      ["נועה", "noa"],
      ["איתי", "itai"],
      ["תמר", "tamar"],
    ],
    last: [
      ["כהן", "cohen"],
      ["בן־דוד", "bendavid"],
    ],
    cities: [
      ["תל אביב-יפו", "6688312", null],
      ["חיפה", "3303145", null],
    ],
    streets: ["רחוב פלורנטין 22", "שדרות בן גוריון 9"],
  },
  {
    countryCode: "TR",
    locale: "tr",
    dial: "+90",
    first: ["İpek", "Çağla", "Ömer", "Şule", "Ilgaz"],
    last: ["Öztürk", "Yağcı", "Işık"],
    cities: [
      ["İstanbul", "34425", "İstanbul"],
      ["İzmir", "35220", "İzmir"],
    ],
    streets: ["Kemankeş Cad. 31", "Kıbrıs Şehitleri Cad. 88"],
  },
  {
    countryCode: "JP",
    locale: "ja",
    dial: "+81",
    first: [
      ["陽菜", "hina"],
      ["蓮", "ren"],
      ["さくら", "sakura"],
      ["大輔", "daisuke"],
    ],
    last: [
      ["佐藤", "sato"],
      ["高橋", "takahashi"],
      ["小林", "kobayashi"],
    ],
    cities: [
      ["渋谷区", "150-0001", "東京都"],
      ["京都市", "604-8005", "京都府"],
    ],
    streets: ["神宮前3丁目25-12", "恵比須町442"],
  },
  {
    countryCode: "CN",
    locale: "zh-CN",
    dial: "+86",
    first: [
      ["伟", "wei"],
      ["秀英", "xiuying"],
      ["梓涵", "zihan"],
    ],
    last: [
      ["王", "wang"],
      ["欧阳", "ouyang"],
    ],
    cities: [
      ["上海市", "200040", "上海市"],
      ["成都市", "610041", "四川省"],
    ],
    streets: ["静安区南京西路1601号", "武侯区人民南路四段27号"],
  },
  {
    countryCode: "KR",
    locale: "ko",
    dial: "+82",
    first: [
      ["서연", "seoyeon"],
      ["민준", "minjun"],
    ],
    last: [
      ["김", "kim"],
      ["남궁", "namgung"],
    ],
    cities: [["서울특별시", "04524", "서울"]],
    streets: ["중구 세종대로 110"],
  },
  {
    countryCode: "IN",
    locale: "en",
    dial: "+91",
    first: ["Aarav", "Lakshmi", ["प्रिया", "priya"], "Venkatanarasimharajuvaripeta", "Kabir"],
    last: ["Iyer", "Sharma", ["वर्मा", "verma"], "Chattopadhyay"],
    cities: [
      ["Bengaluru", "560038", "Karnataka"],
      ["Mumbai", "400050", "Maharashtra"],
    ],
    streets: ["12/3, 80 Feet Road, Indiranagar", "7 Carter Road, Bandra West"],
  },
  {
    countryCode: "NG",
    locale: "en",
    dial: "+234",
    first: ["Chiamaka", "Olúwaṣeun", "Ngozi", "Emeka"],
    last: ["Adéyẹmí", "Okonkwo", "Bello"],
    cities: [["Lagos", "101233", "Lagos"]],
    streets: ["14 Admiralty Way, Lekki"],
  },
  {
    countryCode: "BR",
    locale: "pt-BR",
    dial: "+55",
    first: ["João", "Antônia", "Thaís", "Caetano"],
    last: ["da Conceição", "Araújo", "dos Santos Lima"],
    cities: [
      ["São Paulo", "05416-000", "SP"],
      ["Florianópolis", "88010-400", "SC"],
    ],
    streets: ["Rua Fradique Coutinho, 915", "Rua Bocaiúva, 1786"],
  },
  {
    countryCode: "VN",
    locale: "vi",
    dial: "+84",
    first: [
      ["Thị Hương", "huong"],
      ["Minh Đức", "duc"],
    ],
    last: [
      ["Nguyễn", "nguyen"],
      ["Trần", "tran"],
    ],
    cities: [["Hà Nội", "100000", null]],
    streets: ["36 Hàng Bạc"],
  },
  {
    countryCode: "US",
    locale: "en",
    dial: "+1",
    first: ["Keanu", "Shoshana", "Marisol", "DeShawn", "Winona", "Tuyet", "Grace", "Hiroshi", "Eleanor", "Mateo"],
    last: ["Kealoha", "Goldberg", "Reyes", "Washington", "Begay", "Nguyen", "Whitfield", "Tanaka", "Abernathy"],
    cities: [
      ["Portland", "97214", "OR"],
      ["Brooklyn", "11215", "NY"],
      ["Honolulu", "96815", "HI"],
      ["Santa Fe", "87501", "NM"],
      ["Duluth", "55802", "MN"],
    ],
    streets: ["1830 SE Division St", "402 7th Ave, Apt 3R", "2145 Kalākaua Ave", "66 Canyon Rd", "17 Lake Ave S"],
  },
  {
    countryCode: "CA",
    locale: "en-CA",
    dial: "+1",
    first: ["Geneviève", "Liam", "Nanook", "Harpreet"],
    last: ["Tremblay", "Singh", "Fraser"],
    cities: [
      ["Montréal", "H2T 2R8", "QC"],
      ["Squamish", "V8B 0B4", "BC"],
    ],
    streets: ["5445 avenue De Gaspé", "38155 Second Ave"],
  },
];

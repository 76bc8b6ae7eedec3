import type { NamePool } from "./name-pools";

/** Names, places and streets beyond Europe, where some write from right to left. */
export const ELSEWHERE: readonly NamePool[] = [
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

import type { NamePool } from "./name-pools";

/** Names, places and streets of Europe. */
export const EUROPE: readonly NamePool[] = [
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
];

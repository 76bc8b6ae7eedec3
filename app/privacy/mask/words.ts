/** Words for a password in the languages of the widget. */
export const passwordWords = [
  "password",
  "passwort",
  "kennwort",
  "passcode",
  "passphrase",
  "pass phrase",
  "pwd",
  "login pw", // en, de
  "adgangskode",
  "kodeord", // da
  "lösenord", // sv
  "wachtwoord", // nl
  "mot de passe",
  "mdp", // fr
  "contraseña",
  "contrasena",
  "clave de acceso", // es
  "senha",
  "palavra-passe",
  "palavra passe", // pt
  "parola d'ordine",
  "parola d’ordine",
  "parola chiave", // it
  "パスワード",
  "暗証番号", // ja
  "كلمة المرور",
  "كلمة السر",
  "الرقم السري", // ar
];

/** "is", with what may stand around it. */
export const isWords = ["is", "was", "ist", "lautet", "er", "är", "luidt", "est", "es", "é", "è", "は", "هي", "هو"];

/** Words after "password is" and "password:" that are no password. */
export const noPassword = new Set(
  (
    "wrong incorrect invalid not no expired forgotten lost missing broken reset being still also too very right correct " +
    "the a an i my it how what where why when can please help working changed new old empty blank unknown required " +
    "case secure safe weak strong hidden protected always never only now " +
    "falsch nicht ungültig abgelaufen vergessen weg richtig kein ich wie was wo warum bitte zu neu " +
    "forkert ikke ugyldig udløbet glemt væk korrekt jeg hvordan hvad fel inte ogiltigt glömt borta rätt jag hur vad " +
    "verkeerd niet ongeldig verlopen vergeten kwijt juist ik hoe wat " +
    "incorrecto incorrecta inválida inválido mal no olvidada correcta cómo qué incorrect incorrecte invalide pas faux oublié " +
    "expiré perdu je comment errada errado incorreta incorreto não inválida esqueci como sbagliata sbagliato errata non " +
    "scaduta dimenticata corretta come ho"
  ).split(" "),
);

/** Words that say that a code is for proving who one is; the code follows, or comes before ("123456 is your …"). */
export const strongCodeWords = [
  "(?:verification|security|one[- ]?time|login|log-in|sign-in|signin|authentication|authenticator|confirmation|2fa|sms|otp) (?:pass)?code",
  "one[- ]?time (?:pin|password)",
  "otp",
  "2fa",
  "passcode",
  "(?:bestätigungs|sicherheits|einmal|anmelde|login|verifizierungs|sms-?)-?code",
  "einmalpasswort",
  "(?:sms|m|push)-?tan",
  "(?:engangs|bekræftelses|sikkerheds|verifikations|sms-?|login-?)kode",
  "(?:engångs|verifierings|bekräftelse|säkerhets|sms-?|inloggnings)kod",
  "(?:verificatie|beveiligings|bevestigings|inlog|sms-?)code",
  "eenmalige code",
  "code (?:de |d'|d’|à )(?:vérification|sécurité|confirmation|authentification|usage unique|connexion)",
  "c[óo]digo de (?:verificaci[óo]n|seguridad|confirmaci[óo]n|un solo uso|verifica[çc][ãa]o|seguran[çc]a|confirma[çc][ãa]o|uso [úu]nico)",
  "codice (?:di (?:verifica|sicurezza|conferma)|monouso|otp)",
  "(?:認証|確認|セキュリティ)(?:コード|番号)",
  "ワンタイムパスワード",
  "رمز (?:التحقق|الأمان|التأكيد|الدخول)",
  "كود التحقق",
];

/** The bare word, which may as well be a discount's, a door's or a country's: only when nothing else says what it is of. */
export const weakCodeWords = ["code", "kode", "kod", "código", "codigo", "codice", "コード", "رمز", "كود"];

/** What may stand before the bare word. */
export const ownWords = [
  "your",
  "my",
  "the",
  "this",
  "dein",
  "ihr",
  "mein",
  "der",
  "din",
  "min",
  "koden",
  "je",
  "jouw",
  "uw",
  "mijn",
  "de",
  "votre",
  "ton",
  "mon",
  "le",
  "tu",
  "su",
  "mi",
  "el",
  "seu",
  "meu",
  "o",
  "il tuo",
  "il mio",
  "il",
  "tuo",
  "mio",
  "の",
  "هذا",
];

/** The three or four digits on the back of a card. */
export const cardCheckWords = [
  "cvv2?",
  "cvc2?",
  "csc",
  "card security code",
  "kartenprüfnummer",
  "kontrolcifre",
  "sikkerhedscifre",
];

/** Invented people in ten scripts, the same ones every time. Names are common ones of their languages; all domains are reserved for examples (RFC 2606). */

export type Person = {
  salutation: 'Ms.' | 'Mr.' | ''
  firstName: string
  lastName: string
  /** ASCII spelling of the name, as it stands before the @. */
  mailbox: string
  domain: string
  city: string
  country: string
}

type Place = { cities: string[]; country: string; domains: string[]; firstNames: Named[]; lastNames: Named[] }
/** A name and its ASCII spelling. */
type Named = [name: string, ascii: string]

const named = (text: string): Named[] => text.split(', ').map((pair) => {
  const [name = '', ascii = name] = pair.split('=')
  return [name.replaceAll('_', ' '), ascii.toLowerCase().replaceAll(/[^a-z]/g, '')]
})

/** Ten scripts: Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari, Thai, Han, Kana with Kanji, Hangul. Latin thrice, as most customers write so. */
export const places: Place[] = [
  {
    country: 'Ireland', cities: ['Dublin', 'Cork', 'Galway', 'Dún Laoghaire'], domains: ['liffey.example', 'harbour-books.example', 'mail.example.org'],
    firstNames: named('Aoife, Niamh, Siobhán=siobhan, Conor, Liam, Fiona, Róisín=roisin, Patrick, Grace, Mary Jane=maryjane'),
    lastNames: named(`O'Brien, O'Sullivan, Murphy, Kelly, Byrne, Ryan, D'Arcy, Walsh, Nolan, MacDonald`),
  },
  {
    country: 'Deutschland', cities: ['Köln', 'Berlin', 'München', 'Görlitz'], domains: ['bücher.example', 'müller-söhne.example', 'post.example.de'],
    firstNames: named('Anna, Jürgen=juergen, Björn=bjoern, Zoë=zoe, Sören=soeren, Käthe=kaethe, Lukas, Mia, Hans-Peter, Jörg=joerg'),
    lastNames: named('Müller=mueller, Groß=gross, Weiß=weiss, Schäfer=schaefer, von_der_Heide, Köhler=koehler, Schmidt, Böhm=boehm, Fischer, Özdemir=oezdemir'),
  },
  {
    country: 'Polska', cities: ['Łódź', 'Kraków', 'Gdańsk', 'Wrocław'], domains: ['księgarnia.example', 'wisla.example', 'poczta.example.org'],
    firstNames: named('Łukasz=lukasz, Agnieszka, Małgorzata=malgorzata, Paweł=pawel, Zofia, Grzegorz, Ewa, Mikołaj=mikolaj, Jan, Świętosława=swietoslawa'),
    lastNames: named('Wiśniewska=wisniewska, Kowalczyk, Wójcik=wojcik, Żółtowski=zoltowski, Nowak, Dąbrowski=dabrowski, Szczęsny=szczesny, Zając=zajac, Król=krol, Błaszczyk=blaszczyk'),
  },
  {
    country: 'Ελλάδα', cities: ['Αθήνα', 'Θεσσαλονίκη', 'Πάτρα'], domains: ['βιβλία.example', 'aegean.example'],
    firstNames: named('Γιώργος=giorgos, Ελένη=eleni, Νίκος=nikos, Μαρία=maria, Δημήτρης=dimitris, Σοφία=sofia'),
    lastNames: named('Παπαδόπουλος=papadopoulos, Νικολάου=nikolaou, Οικονόμου=oikonomou, Γεωργίου=georgiou, Αγγελής=angelis, Βασιλείου=vasileiou'),
  },
  {
    country: 'Україна', cities: ['Київ', 'Львів', 'Одеса', 'Харків'], domains: ['книги.example', 'dnipro.example'],
    firstNames: named('Олена=olena, Андрій=andrii, Наталія=nataliia, Дмитро=dmytro, Соломія=solomiia, Юрій=yurii, Ганна=hanna'),
    lastNames: named('Шевченко=shevchenko, Коваленко=kovalenko, Бондар=bondar, Мельник=melnyk, Лук’яненко=lukianenko, Ткачук=tkachuk, Їжакевич=yizhakevych'),
  },
  {
    country: 'مصر', cities: ['القاهرة', 'الإسكندرية', 'الجيزة'], domains: ['كتب.example', 'nile.example'],
    firstNames: named('محمد=mohamed, فاطمة=fatma, أحمد=ahmed, مريم=mariam, عمر=omar, ليلى=layla'),
    lastNames: named('عبد_الله=abdallah, حسن=hassan, إبراهيم=ibrahim, المصري=elmasry, سليمان=soliman, نجيب=naguib'),
  },
  {
    country: 'ישראל', cities: ['תל אביב', 'חיפה', 'ירושלים'], domains: ['ספרים.example', 'carmel.example'],
    firstNames: named('נועה=noa, דוד=david, שרה=sarah, יוסף=yosef, תמר=tamar, אורי=uri'),
    lastNames: named('כהן=cohen, לוי=levi, מזרחי=mizrahi, פרץ=peretz, בן־דוד=bendavid, אברהם=avraham'),
  },
  {
    country: 'भारत', cities: ['मुंबई', 'दिल्ली', 'जयपुर'], domains: ['पुस्तक.example', 'lotus.example'],
    firstNames: named('प्रिया=priya, अर्जुन=arjun, ऐश्वर्या=aishwarya, रोहन=rohan, काव्या=kavya, विक्रम=vikram'),
    lastNames: named('शर्मा=sharma, पटेल=patel, सिंह=singh, गुप्ता=gupta, मिश्रा=mishra, चतुर्वेदी=chaturvedi'),
  },
  {
    country: 'ประเทศไทย', cities: ['กรุงเทพฯ', 'เชียงใหม่', 'ภูเก็ต'], domains: ['หนังสือ.example', 'orchid.example'],
    firstNames: named('สมชาย=somchai, มาลี=malee, ณัฐวุฒิ=nattawut, พิมพ์ชนก=pimchanok, กิตติ=kitti, อรุณี=arunee'),
    lastNames: named('ใจดี=jaidee, ศรีสุข=srisuk, ทองคำ=thongkham, วงศ์สวัสดิ์=wongsawat, บุญมา=boonma, รัตนกุล=rattanakul'),
  },
  {
    country: '中国', cities: ['北京', '上海', '成都'], domains: ['书店.example', 'lantern.example'],
    firstNames: named('伟=wei, 秀英=xiuying, 娜=na, 敏=min, 建国=jianguo, 丽=li'),
    lastNames: named('王=wang, 李=li, 张=zhang, 刘=liu, 欧阳=ouyang, 陈=chen'),
  },
  {
    country: '日本', cities: ['東京', '大阪', '京都'], domains: ['本屋.example', 'sakura.example'],
    firstNames: named('さくら=sakura, 健太=kenta, 美咲=misaki, 翔=sho, ユミ=yumi, 大輔=daisuke'),
    lastNames: named('佐藤=sato, 鈴木=suzuki, 高橋=takahashi, 田中=tanaka, 渡邉=watanabe, 𠮷田=yoshida'),
  },
  {
    country: '대한민국', cities: ['서울', '부산', '제주'], domains: ['책방.example', 'hanok.example'],
    firstNames: named('민준=minjun, 서연=seoyeon, 지우=jiwoo, 하은=haeun, 도윤=doyun, 수아=sua'),
    lastNames: named('김=kim, 이=lee, 박=park, 최=choi, 정=jung, 남궁=namgung'),
  },
]

/** A person by number: the same number is always the same person, and no two numbers share an address. */
export function personAt(number: number): Person {
  const random = randomFrom(number)
  // Every second one writes in Latin letters.
  const place = random() < 0.5 ? pick(places.slice(0, 3), random) : pick(places.slice(3), random)
  const [firstName, firstAscii] = pick(place.firstNames, random)
  const [lastName, lastAscii] = pick(place.lastNames, random)
  return {
    salutation: pick(['Ms.', 'Mr.', ''], random), firstName, lastName, mailbox: `${firstAscii}.${lastAscii}${number}`,
    domain: pick(place.domains, random), city: pick(place.cities, random), country: place.country,
  }
}

export const pick = <T>(choices: readonly T[], random: () => number): T => choices[Math.floor(random() * choices.length)]!

/** Mulberry32 (public domain, Tommy Ettinger): small, and good enough to shuffle names. */
export function randomFrom(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9E3779B1)
  return () => {
    state = (state + 0x6D2B79F5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

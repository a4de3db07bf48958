package generate

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"dramatis/kg"
)

// script is one way of writing.
type script int

const (
	latin script = iota
	marked
	cyrillic
	greek
	arabic
)

var languages = map[script]string{cyrillic: "ru", greek: "el", arabic: "ar"}

// syllables are what names are made of: in plain Latin, with marks, in Cyrillic, Greek and Arabic letters.
var syllables = [][5]string{
	{"an", "án", "ан", "αν", "ان"}, {"bar", "bår", "бар", "βαρ", "بار"}, {"ko", "kö", "ко", "κο", "كو"}, {"vik", "vík", "вик", "βικ", "فيك"},
	{"sha", "ša", "ша", "σα", "شا"}, {"mir", "mír", "мир", "μιρ", "مير"}, {"ra", "řa", "ра", "ρα", "را"}, {"tel", "těl", "тел", "τελ", "تل"},
	{"do", "đo", "до", "ντο", "دو"}, {"len", "łen", "лен", "λεν", "لن"}, {"so", "śo", "со", "σο", "سو"}, {"gar", "ğar", "гар", "γκαρ", "غار"},
	{"ni", "ñi", "ни", "νι", "ني"}, {"lu", "lü", "лу", "λου", "لو"}, {"che", "če", "че", "τσε", "تشي"}, {"zan", "žan", "зан", "ζαν", "زان"},
	{"pe", "pé", "пе", "πε", "بي"}, {"fal", "fål", "фал", "φαλ", "فال"}, {"is", "ís", "ис", "ις", "يس"}, {"tu", "tů", "ту", "του", "تو"},
	{"hal", "hål", "хал", "χαλ", "هال"}, {"ye", "ýe", "е", "γιε", "يه"}, {"dra", "dră", "дра", "δρα", "درا"}, {"mo", "mø", "мо", "μο", "مو"},
}

var endings = [][5]string{
	{"ov", "ów", "ов", "οφ", "وف"}, {"idis", "ídis", "идис", "ίδης", "يديس"}, {"sen", "sén", "сен", "σεν", "سن"}, {"ski", "ský", "ский", "σκι", "سكي"},
	{"enko", "énko", "енко", "ένκο", "نكو"}, {"ari", "ári", "ари", "άρι", "اري"}, {"man", "mån", "ман", "μαν", "مان"}, {"es", "ěs", "ес", "ες", "يس"},
}

var givens = [][5]string{
	{"Anna", "Ánna", "Анна", "Άννα", "آنا"}, {"Maria", "María", "Мария", "Μαρία", "ماريا"}, {"Elena", "Eléna", "Елена", "Ελένη", "إلينا"}, {"Omar", "Ómar", "Омар", "Ομάρ", "عمر"},
	{"Yusuf", "Yûsuf", "Юсуф", "Γιουσούφ", "يوسف"}, {"Ivan", "Iván", "Иван", "Ιβάν", "إيفان"}, {"Petra", "Pétra", "Петра", "Πέτρα", "بترا"}, {"Stefan", "Štefan", "Стефан", "Στέφανος", "ستيفان"},
	{"Lena", "Léna", "Лена", "Λένα", "لينا"}, {"Dmitri", "Dmitrí", "Дмитрий", "Δημήτρης", "دميتري"}, {"Nikola", "Nikolà", "Никола", "Νικόλας", "نيكولا"}, {"Sofia", "Sofía", "София", "Σοφία", "صوفيا"},
	{"Amir", "Amír", "Амир", "Αμίρ", "أمير"}, {"Leyla", "Leylâ", "Лейла", "Λεϊλά", "ليلى"}, {"Karim", "Karím", "Карим", "Καρίμ", "كريم"}, {"Olga", "Ólga", "Ольга", "Όλγα", "أولغا"},
}

var (
	bodies    = []string{"Group", "Party", "Institute", "Ministry", "Union", "Bank", "Press", "Foundation", "Council", "Steel", "Energy", "Alliance"}
	offices   = []string{"Minister", "Director", "Governor", "Chair", "Envoy", "Secretary", "Judge", "Commander"}
	places    = []string{"grad", "ville", "burg", "polis", "stan", "holm"}
	meetings  = []string{"Summit", "Talks", "Election", "Trial", "Protest", "Conference"}
	topics    = []string{"Reform", "Treaty", "Sanctions", "Budget", "Border", "Pipeline", "Ceasefire"}
	roles     = []string{"", "", "senior", "deputy", "acting", "founder", "adviser", "observer"}
	countries = []string{"de", "fr", "gr", "ru", "ua", "pl", "us", "eg", "tr", "rs", "se", "es"}
	words     = strings.Fields("we the talks are open for every side and nobody will leave table before agreement on grain gas border troops prices budget court vote law says minister report today year must can never always trust partners pressure market price energy winter hope war peace line council union step answer question offer reject accept demand support")
)

// surname is a name in all scripts.
func surname(r *rand.Rand) [5]string {
	var name [5]string
	for range 2 + r.IntN(2) {
		s := pick(r, syllables)
		for i := range name {
			name[i] += s[i]
		}
	}
	end := pick(r, endings)
	for i := range name {
		name[i] = title(name[i] + end[i])
	}
	return name
}

func title(s string) string {
	first := []rune(s)[0]
	return strings.ToUpper(string(first)) + s[len(string(first)):]
}

// names makes the name of an entity and its aliases: one in three with marks, one in three known in another script
// too, one in ten by that first.
func names(r *rand.Rand, t kg.EntityType) (string, []kg.Name) {
	root, given := surname(r), pick(r, givens)
	write := func(s script) string {
		switch t {
		case kg.PersonType:
			return given[s] + " " + root[s]
		case kg.PlaceType:
			return root[s]
		}
		return root[s] + " " + given[s]
	}
	var suffix string
	switch t {
	case kg.OrganizationType:
		suffix = pick(r, bodies)
	case kg.PositionType:
		suffix = pick(r, offices)
	case kg.PlaceType:
		suffix = pick(r, places)
	case kg.EventType:
		suffix = pick(r, meetings) + " " + strconv.Itoa(firstYear+r.IntN(lastYear-firstYear+1))
	case kg.TopicType:
		suffix = pick(r, topics)
	}
	join := func(s string) string {
		switch {
		case suffix == "":
			return s
		case t == kg.PlaceType:
			return s + suffix
		}
		return s + " " + suffix
	}
	name := join(write(script(r.IntN(3) / 2))) // one in three with marks
	if r.IntN(3) > 0 {
		return name, nil
	}
	other := cyrillic + script(r.IntN(3))
	foreign := write(other)
	if r.IntN(3) == 0 && t == kg.PersonType {
		return foreign, []kg.Name{{Value: name, Kind: kg.Transliterated, Language: "en"}}
	}
	return name, []kg.Name{{Value: foreign, Kind: kg.Alias, Language: languages[other]}}
}

func sentence(r *rand.Rand) string {
	var b strings.Builder
	for i := range 8 + r.IntN(12) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(pick(r, words))
	}
	return title(b.String()) + "."
}

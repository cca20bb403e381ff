"""Sentences whose receiving station is not known: the district is told by the words alone.

Invented for these tests; no message of anybody's.
"""

from tests.reports.enrichment.places import PlacesTestCase

ANYWHERE = """
Pak mohon ditindak, tiap malam di jln Kol Sutarto depan moewardi banyak motor trek trekan -> Jebres
Lapor pak.. di Ngrampal ada yg jualan petasan besar2an -> Ngrampal
tlg pak ada org mabuk bw sajam di dpn indomaret gondang -> Gondang
mau lapor kehilangan dompet isi ktp sim stnk, jatuh antara masaran dan grompol -> Masaran
Nyuwun tulung pak, anak kulo dereng wangsul saking sekolah, SMP 2 Kedawung -> Kedawung
pak kula saking Tangen, wonten tiyang nyambut damel mboten dibayar -> Tangen
rumah saya di Sidoharjo kemalingan tadi subuh -> Sidoharjo
ini di pertigaan Nglangon ada laka motor sama truk -> Sragen
wonten laka wonten prapatan pasar Plupuh -> Plupuh
Bengawan solo meluap, Sidodadi Masaran kebanjiran -> Masaran
lampu bangjo gemolong mati -> Gemolong
di kelurahan Manahan ada rumah kosong buat mesum -> Banjarsari
Kost di Jajar laweyan sering buat mesum -> Laweyan
tempat karaoke di gilingan buka sampai subuh -> Banjarsari
parkir liar di depan solo paragon -> Banjarsari
motor saya hilang di parkiran mal paragon -> Banjarsari
laka beruntun flyover purwosari -> Laweyan
tawuran anak smk di kerten -> Laweyan
ada anak tenggelam di sungai bengawan solo daerah Sewu Jebres -> Jebres
banjir di joyotakan serengan -> Serengan
joyosuran ada pesta ciu -> Pasar Kliwon
pesta miras di sangkrah dekat rel -> Pasar Kliwon
pak di gang kecil kemlayan belakang hotel ada yg transaksi narkoba -> Serengan
anak kecil hilang di pasar klewer -> Pasar Kliwon
copet di sekaten alun alun utara -> Pasar Kliwon
gelandangan ngamuk di alun alun kidul -> Pasar Kliwon
penjual ciu di Baluwarti -> Pasar Kliwon
di Punggawan ada kebakaran toko -> Banjarsari
ketelan banjarsari warung remang2 -> Banjarsari
di Timuran ada tabrak lari -> Banjarsari
kadipiro banyak pencurian helm -> Banjarsari
jambret di jalan sumpah pemuda dekat unisri -> Banjarsari
preman minta uang di pasar legi -> Banjarsari
ada mayat di kali pepe daerah Kestalan -> Banjarsari
Polsek Jebres kok lama banget -> Jebres
tiang listrik roboh di jalan raya Sukodono - Gesi -> Sukodono
pohon roboh melintang jalan gesi tangen -> Gesi
longsor di Jenar tanggul sungai -> Jenar
Banyurip jenar ada perjudian -> Jenar
banyurip sambungmacan ada perjudian -> Sambungmacan
perjudian di Dawung Jenar -> Jenar
perjudian di Dawung sambirejo -> Sambirejo
sambirejo ada perkelahian -> Sambirejo
sambirejo plupuh ada perkelahian -> Plupuh
desa sambirejo kec plupuh ada perkelahian -> Plupuh
ngrombo tangen rumah roboh -> Tangen
Ngrombo, Plupuh. rumah roboh kena angin -> Plupuh
wonorejo kalijambe ada maling sapi -> Kalijambe
wonorejo kedawung ada maling sapi -> Kedawung
krikilan kalijambe dekat museum -> Kalijambe
krikilan masaran laka -> Masaran
banaran kalijambe -> Kalijambe
Desa Banaran, Kec. Sambungmacan ada pembuangan limbah -> Sambungmacan
jati masaran ada tawuran -> Masaran
Jati, Sumberlawang, sumur beracun -> Sumberlawang
gesi pilangsari pencurian diesel -> Gesi
pilangsari ngrampal terminal -> Ngrampal
dsn Sidorejo ds Jambeyan -> Sambirejo
dukuh Pengkol desa Karangtalun -> Tanon
dk ngablak rt 12 ds gading -> Tanon
Toyogo sambungmacan sepeda motor hilang -> Sambungmacan
di Gringging ada kecelakaan kerja pabrik -> Sambungmacan
pabrik garmen di Bumiaji kebakaran -> Gondang
Desa Plosorejo kec Gondang -> Gondang
desa kaliwedi ada kebakaran rumah -> Gondang
srimulyo gondang ada warga kesetrum jebakan tikus -> Gondang
desa Puro ada kesetrum -> Karangmalang
mojorejo karangmalang -> Karangmalang
guworejo ada begal -> Karangmalang
jurangjero -> Karangmalang
Sragen Wetan, Widoro -> Sragen
teguhan sragen ada gank motor -> Sragen
masjid agung sragen kotak infaq dibobol -> Sragen
maling di toko luwes sragen -> Sragen
balapan di jalan ringroad selatan Sragen -> Karangmalang
Kedungupit banjir -> Sragen
singopadu ada judi sabung ayam -> Sidoharjo
wong main remi neng cakruk desa purwosuman -> Sidoharjo
tenggak kec sidoharjo -> Sidoharjo
duyungan lor rel -> Sidoharjo
bonagung tanon -> Tanon
warung remang-remang di kalikobok -> Tanon
gabugan pasar malam ribut -> Tanon
Suwatu ada pencurian pompa air -> Tanon
di sawah desa Padas tanon petani kesetrum -> Tanon
peleman gemolong -> Gemolong
jenalas ada kenakalan remaja -> Gemolong
gemolong perempatan patung ada razia? -> Gemolong
Brojol, Miri -> Miri
doyong miri maling kayu -> Miri
gilirejo baru penyeberangan perahu terbalik -> Miri
girimargo ada rumah hantu dijadikan tempat mesum -> Miri
Ngandul sumberlawang laka karambol -> Sumberlawang
hadiluwih sumberlawang -> Sumberlawang
mojopuro ada yg bakar sampah -> Sumberlawang
Trombol mondokan -> Mondokan
Gemantar ada dukun cabul -> Mondokan
pantirejo sukodono -> Sukodono
wonten pembunuhan ten juwok -> Sukodono
baleharjo kec sukodono -> Sukodono
srawung gesi -> Gesi
tanggan gesi ada kebakaran hutan -> Gesi
tanggan gesi -> Gesi
poleng gesi tambang galian c -> Gesi
slendro ada galian c ilegal -> Gesi
Denanyar tangen -> Tangen
galeh tangen kayu jati perhutani dicuri -> Tangen
kandangsapi jenar -> Jenar
mlale ada maling -> Jenar
ngepringan -> Jenar
kios pupuk di Sepat dibobol -> Masaran
Jirapan masaran -> Masaran
Pringanom ada warga gantung diri -> Masaran
pengkok kedawung -> Kedawung
celep kedawung ada orang kesurupan -> Kedawung
jenggrik ada tabrakan maut -> Kedawung
Musuk, Sambirejo -> Sambirejo
blimbing sambirejo -> Sambirejo
sukorejo sambirejo kebun teh -> Sambirejo
kebonromo -> Ngrampal
Bandung, Ngrampal -> Ngrampal
gabus ngrampal -> Ngrampal
karangudi ngrampal ada maling burung -> Ngrampal
saren kalijambe -> Kalijambe
donoyudan mebel kebakaran -> Kalijambe
keden kalijambe pabrik mebel -> Kalijambe
ngebung -> Kalijambe
manyarejo plupuh -> Plupuh
somomorodukuh -> Plupuh
gentan banaran plupuh -> Plupuh
Cangkol ada yang meninggal di sumur -> Plupuh
mohon pengawalan jenazah dari rsud moewardi ke gondang sragen -> Jebres
di kelurahan pajang dan sondakan ada begal -> Laweyan
kampung kauman ada ribut -> Pasar Kliwon
pencurian di kauman -> Pasar Kliwon
tegalharjo jebres -> Jebres
pucangsawit ada ular -> Jebres
purwodiningratan -> Jebres
kepatihan wetan ada ribut ribut -> Jebres
sudiroprajan pecinan ada kebakaran -> Jebres
bau limbah di jagalan -> Jebres
Gandekan jebres, pesta narkoba -> Jebres
"""
NOWHERE = """
ada mobil terbakar di jalan tol arah solo KM 528 ->
pedagang di CFD slamet riyadi diganggu preman ->
orang mabuk di city walk jalan slamet riyadi ->
tawuran di terminal kartasura ->
saya kena tipu di instagram beli hp ->
akun fb saya dihack ->
pinjol neror saya terus pak ->
ijin bertanya perpanjangan SIM mati 2 hari apa bisa ->
Terima kasih banyak pak polisi, sehat selalu ->
Selamat pagi ->
tes ->
P ->
pak ada lowongan? ->
anak saya ketakutan karena ada orang asing di depan rumah ->
tetangga saya pukul istrinya, tolong cepat kesini ->
lokasi saya share ya pak ->
motor ninja plat AD 4567 XY dicuri ->
suami saya selingkuh sama temannya, bisa dilaporin? ->
ada yg ngancam bunuh saya lewat wa ->
wong edan ngamuk nggowo arit, ning ngarep omahku ->
mas pacaran yuk ->
Orang tua saya di Jawa Barat ditipu ->
jalan depan rumah rusak parah tolong diperbaiki ->
dk ngablak rt 12 gading ->
saya mau ke solo besok apa ada demo? ->
rencana rombongan dari madiun ke solo lewat ngawi dikawal ->
paket saya dari shopee hilang di kurir ->
perumahan gading pondok indah, pencurian ->
"""


class WrittenToNobodyInParticularTests(PlacesTestCase):
    def test_a_sentence_is_about_its_district(self) -> None:
        self.check(ANYWHERE)

    def test_what_names_no_place_has_none(self) -> None:
        self.check(NOWHERE)

"""Longer sentences with streets, institutions and landmarks, and the district that each is about.

Invented for these tests; no message of anybody's.
"""

from tests.reports.enrichment.places import PlacesTestCase

SOMEWHERE = """
Nama: Budi, Alamat: Mojosongo Jebres Surakarta. Mau tanya prosedur SKCK -> Jebres
mhn bntuan pak ada org tdk dikenal nginap d masjid desa jambangan -> Mondokan
mas tulung ngarep omahku neng Brangkal ono sing ngombe2 nganti bengok2 -> Gemolong
Pak ada konvoi PSHT dari arah Sambirejo menuju Gondang bawa kayu -> Sambirejo
barusan tabrak lari di jl raya sragen-solo depan pabrik duniatex, Masaran -> Masaran
truk muatan tebu mogok di tanjakan Sukodono bikin macet -> Sukodono
Min tolong ini di daerah karangmalang dekat puskesmas ada yg jual miras bebas -> Karangmalang
ada kebakaran lahan tebu di belakang SMAN 1 Sumberlawang -> Sumberlawang
kucing saya hilang di manahan -> Banjarsari
saya dipukul satpam di solo grand mall -> Laweyan
pak mohon patroli malam di perum Puri Asri Plumbungan -> Karangmalang
ada pengamen maksa di lampu merah panggung -> Jebres
pengamen maksa di bangjo Kerten -> Laweyan
pengamen maksa di perempatan gendengan -> Laweyan
gerombolan motor bawa pedang di jl. ahmad yani manahan -> Banjarsari
pak ini di jl ir sutami depan kampus UNS ada orang kesurupan -> Jebres
anak STM tawuran di jalan Adi Sucipto Karangasem -> Laweyan
knalpot brong tiap malam di jl kapten mulyadi -> Pasar Kliwon
Jl. Gatot Subroto pertokoan singosaren ada copet -> Serengan
jukir nakal di coyudan -> Serengan
di depan RSUD Ngipang ada kecelakaan -> Banjarsari
Warung kopi remang remang samping terminal tirtonadi -> Banjarsari
kecelakaan di jl. Ringroad Mojosongo dekat Solo Safari -> Jebres
rumah kontrakan di Kampung Debegan digunakan untuk judi online -> Jebres
sindikat judi capjikia di pasar nusukan -> Banjarsari
ada yg jualan togel di dalam pasar legi -> Banjarsari
togel capjikia di warung dekat balai desa Ngarum -> Ngrampal
wonten tiyang gancet ten hotel grompol -> Masaran
alun alun sragen banyak yang pacaran mesum -> Sragen
alun2 kota sragen parkir mahal -> Sragen
alun-alun utara parkir mahal -> Pasar Kliwon
ada ODGJ telanjang di depan pasar kota sragen -> Sragen
pencurian besi rel kereta antara stasiun Sumberlawang dan Gemolong -> Sumberlawang
ada mayat di rel kereta desa Kedungwaduk -> Karangmalang
jebakan tikus listrik di desa Tenggak makan korban -> Sidoharjo
bapak saya meninggal kesetrum jebakan tikus di sawah Saradan -> Karangmalang
orang tua hilang dari kemarin, alamat desa Pengkok -> Kedawung
saya kehilangan sapi 2 ekor, Ds. Jekani -> Mondokan
Desa Sigit, Tangen, ada pembalakan liar -> Tangen
ktp saya ketinggalan di polsek Gemolong kemarin -> Gemolong
Polsek Banjarsari nomor teleponnya berapa? -> Banjarsari
saya alumni uns mau daftar bintara -> Jebres
kuliah saya terganggu suara brong, kos kentingan -> Jebres
saya guru di SMAN 3 Sragen, murid saya diancam -> Sragen
laporan saya di polsek Miri bulan lalu gimana kelanjutannya -> Miri
penyidik minta uang 5 juta di polsek tanon -> Tanon
terima kasih bapak polsek masaran sudah membantu -> Masaran
pohon beringin tumbang menimpa kabel di jln Diponegoro sragen -> Sragen
angin puting beliung rumah2 roboh di desa Kacangan -> Sumberlawang
banjir bandang di desa Pagak sumberlawang -> Sumberlawang
tanggul jebol, banjir di Gebang kecamatan Masaran -> Masaran
jembatan ambrol desa Gebang sukodono -> Sukodono
Jembatan gantung putus di desa Jono -> Tanon
Kdl pak, org mlm2 trek2an d dpn smp 2 mondokan -> Mondokan
pak polisi cepet rene, wong2 podo gelut neng lapangan Trobayan -> Kalijambe
ono sing kecemplung sumur neng Bukuran -> Kalijambe
enek maling konangan neng Tegalombo, digebuki wong akeh -> Kalijambe
kulo badhe lapor, griyo kulo ten Sambirembe dipun bobol maling -> Kalijambe
mriki wonten layatan, nyuwun pengamanan. Desa Pungsari -> Plupuh
balap liar jam 1 malem di jalan baru karangmalang-kedawung -> Karangmalang
Kecelakaan maut bus eka vs truk di Sambungmacan -> Sambungmacan
pick up masuk jurang di Gesi -> Gesi
mobil nyemplung waduk ketro -> Tanon
tawuran sma di Pare Mondokan -> Mondokan
saya orang kediri, ditipu orang sragen lewat COD di terminal Gemolong -> Gemolong
Orang Karanganyar tapi kerja di Masaran, motor hilang di parkiran pabrik -> Masaran
pelaku kabur ke arah Ngrampal, lokasi di Tunjungan -> Ngrampal
habis dari solo mau pulang ke Plupuh dibegal di jalan Kalijambe -> Kalijambe
sy dr plupuh mau ke gemolong, di jalan ketemu orang mabuk bawa sajam -> Plupuh
mohon bantuan kawal ambulan dari rs yakssi gemolong ke moewardi -> Gemolong
lapangan desa Gading Kec Tanon orkes ricuh -> Tanon
orkes dangdut ricuh di lap. Nglorog -> Sragen
hajatan pakai sound horeg di Dk Ngrancang, Jetak, Sidoharjo -> Sidoharjo
sound horeg desa Patihan ganggu orang sakit -> Sidoharjo
petasan meledak di Taraman, 2 anak luka -> Sidoharjo
balon udara isi petasan jatuh di atap rumah, Singopadu -> Sidoharjo
anak2 perang sarung di jalan Sidoharjo - Sribit -> Sidoharjo
PERANG SARUNG DI TANON SEKARANG -> Tanon
TOLONG PAK RUMAH SAYA DIBAKAR ORANG DI KETRO -> Tanon
kebakaran di pasar Jongke Solo -> Laweyan
orang bunuh diri loncat dari jembatan Mojo -> Pasar Kliwon
anak saya dibully di SD Kemlayan -> Serengan
pencabulan di pondok daerah Kratonan -> Serengan
kost mesum jayengan -> Serengan
suara bising karaoke Danukusuman -> Serengan
Tolong di Jl Honggowongso ada orang bawa clurit -> Serengan
parkir liar depan PGS -> Pasar Kliwon
tukang becak rebutan di gladag sampai pukul2an -> Pasar Kliwon
rame2 di balekambang tadi pagi copet -> Banjarsari
pemalakan di taman banjarsari -> Banjarsari
pemalakan di taman jaya wijaya mojosongo -> Jebres
dompet jatuh di pasar mebel gilingan -> Banjarsari
pencurian helm di RS Hermina -> Jebres
orang nglempari kereta di joglo banjarsari -> Banjarsari
pelecehan di taman sriwedari -> Laweyan
pasar triwindu kemalingan -> Banjarsari
tindakan asusila di hotel daerah Purwosari -> Laweyan
purwosari ada balap liar -> Laweyan
Sondakan, gang 5, ada pesta narkoba -> Laweyan
warga Bumi Laweyan resah -> Laweyan
kelurahan Bumi ada preman -> Laweyan
Panularan ada curanmor -> Laweyan
"""
NOWHERE = """
ada bom di gereja kepunton ->
HP saya dicopet di bus trans solo koridor 1 ->
mohon dibubarkan, ada pesta miras di lapangan Kartopuran ->
Pembalakan liar di hutan sigit ->
mohon info jam buka samsat sragen ->
apa benar nanti malam ada operasi knalpot di sragen? ->
Di sragen lagi banyak begal apa benar? ->
katanya ada penculikan anak di solo bener ga pak ->
SIM saya hilang di jalan ->
biaya BPKB hilang berapa ya ->
kasus saya di polres sragen kok gak ada kabar ->
Tolong ada begal di jembatan Sapen ->
nderek tanglet pak, menawi ngurus pindah domisili ->
sumber air dicuri tetangga ->
duku dan jeruk saya dicuri di kebun ->
di pare kediri ada teman saya hilang ->
pak saya ada di sini cepat ->
udah saya share lokasi ->
tkp depan rumah pak RT ->
di belakang pasar ada yang berantem ->
di lapangan desa ada orkes ricuh ->
percobaan bunuh diri di jembatan Bacem ->
jl bhayangkara solo depan stadion ->
parkir sembarangan di jalan Yos Sudarso ->
Di kota solo ->
solo macet parah dimana mana ->
"""


class LongerSentencesTests(PlacesTestCase):
    def test_a_sentence_is_about_its_district(self) -> None:
        self.check(SOMEWHERE)

    def test_what_names_no_district_of_ours_has_none(self) -> None:
        self.check(NOWHERE)

"""Sentences as people write them to Sragen and Surakarta, and the district that each is about.

Invented for these tests; no message of anybody's.
"""

from tests.reports.enrichment.places import PlacesTestCase

AT_SRAGEN = """
di desa kandang sapi ada tawuran -> Jenar
tawuran di Kandangsapi -> Jenar
Pak ada balap liar di jalan raya sukowati depan alun-alun -> Sragen
saya dari plupuh mau tanya syarat skck -> Plupuh
rumah saya kemalingan, ds. Bener kec Ngrampal -> Ngrampal
ada kebakaran di Sumberlawang dekat pasar -> Sumberlawang
Laka lantas di jl solo - purwodadi km 20 kalijambe -> Kalijambe
sabung ayam di Gebang Masaran tiap minggu -> Masaran
sabung ayam desa Gebang Sukodono -> Sukodono
ada orang mabuk di kedawung mondokan -> Mondokan
ada orang mabuk di Kedawung -> Kedawung
pencurian motor di Karangmalang -> Karangmalang
pencurian motor di ds karangmalang masaran -> Masaran
pencurian motor di desa Karangmalang -> Masaran
Knalpot brong di Kadipiro pak -> Sambirejo
di Karangasem ada pesta miras -> Tanon
jl veteran ada jukir liar -> Sragen
copet di terminal -> Ngrampal
kereta nabrak motor di stasiun masaran -> Masaran
orang tertabrak kereta di palang pintu Kebonromo -> Ngrampal
kecelakaan di tol solo ngawi km 519 arah ngawi -> Masaran
jebakan tikus listrik di sawah desa bentak sidoharjo, ada korban -> Sidoharjo
jebakan tikus di sawah Bentak -> Sidoharjo
saya orang Gemolong tapi kejadiannya di Miri pak -> Miri
saya warga tanon, motor hilang di parkiran pasar gabugan -> Tanon
pelakunya lari ke arah ngrampal, kejadian di pungkruk -> Sidoharjo
konvoi psht dari gemolong ke sumberlawang -> Gemolong
mobil ugal2an arah sragen dari masaran -> Masaran
di sragen tengah ada yg jual ciu -> Sragen
kota sragen rawan balap liar malam minggu -> Sragen
mohon info nomor polsek gondang -> Gondang
lampu merah mati di perempatan beloran -> Sragen
ring road utara tiap malam minggu dipake trek2an -> Sragen
di desa karanganyar kec sambungmacan ada tawuran -> Sambungmacan
tawuran di karanganyar plupuh -> Plupuh
kebakaran gudang di kroyo karangmalang -> Karangmalang
kebakaran di KROYO -> Karangmalang
MALING DI DESA NGANTI GEMOLONG -> Gemolong
di desa sono mondokan ada ternak hilang -> Mondokan
pasar Jambangan mondokan ada pungli -> Mondokan
togel di warung depan balai desa Jati Sumberlawang -> Sumberlawang
pohon jati tumbang di jalan plupuh - kalijambe -> Plupuh
ds jetiskarangpung ada yang nyabung -> Kalijambe
ds jetis karangpung ada yang nyabung -> Kalijambe
karang tengah sragen ada yg buang sampah ke kali -> Sragen
orang hanyut di bengawan solo daerah Pilang -> Masaran
maling di mojokerto kedawung -> Kedawung
ada pesta miras di Guwrejo -> Karangmalang
gemolongg ada tabrakan -> Gemolong
laka di gmolong pak -> Gemolong
laka di sambungmcan -> Sambungmacan
kec. sumber lawang desa hadi luwih -> Sumberlawang
rame di Gading Tanon -> Tanon
di desa jeruk miri ada begal -> Miri
ds bandung ngrampal ada yang jual pil -> Ngrampal
jalan rusak di bulak Tunggul Gondang -> Gondang
ds Sambi Sambirejo, pohon tumbang -> Sambirejo
bendungan jebol di desa Bendungan kedawung -> Kedawung
waduk kedung ombo ada orang tenggelam -> Sumberlawang
wisata kemukus ada prostitusi -> Sumberlawang
sangiran museum dicoret2 -> Kalijambe
ada yg mau bunuh diri di atas tower desa Newung Sukodono -> Sukodono
majenang sukodono ada yang meninggal -> Sukodono
kdrt di perum margoasri -> Karangmalang
ada ular masuk rumah di Nglorog -> Sragen
kejadian di depan smpn 1 gemolong -> Gemolong
curanmor di rsud soehadi -> Sragen
curanmor di rsud -> Sragen
parkiran RSUD gemolong motor hilang -> Gemolong
tkp: dk. Kalangan rt 3 ds. Puro kec. Karangmalang -> Karangmalang
Pak ijin, saya mau laporan kehilangan STNK hilang di sekitar pasar bunder -> Sragen
anak saya 15 th belum pulang dari kemarin, terakhir main ke Masaran -> Masaran
di jalan antara Tanon dan Gemolong ada begal -> Tanon
jalan raya sragen-ngawi KM 8 gondang truk terguling -> Gondang
truk terguling di sambungmacan arah ngawi -> Sambungmacan
pencuri kabur ke arah karanganyar, tkp di kedawung -> Kedawung
Sepat, Masaran ada orang gantung diri -> Masaran
exit tol pungkruk banyak pungli -> Sidoharjo
lokasi: tangkil rt 04 sragen -> Sragen
warga Patihan resah dgn suara knalpot -> Sidoharjo
warga kelurahan plumbungan resah -> Karangmalang
ada anjing gila di dukuh tangen -> Tangen
Duyungan ada kebakaran kandang -> Sidoharjo
bengkel depan sma 1 sragen dibobol -> Sragen
sma 1 gondang tawuran -> Gondang
pondok pesantren di gabugan ada yg dipukuli -> Tanon
masjid di bonagung kotak amal hilang -> Tanon
kotak amal hilang masjid Al Huda desa kecik tanon -> Tanon
Mondokan banjir -> Mondokan
Polsek Tangen kok ditelp ga diangkat -> Tangen
anggota polsek Sidoharjo minta uang -> Sidoharjo
"""
IN_JAVANESE = """
tulung pak neng Desa Dari kecamatan plupuh ono wong gelut -> Plupuh
mbok nggih dipun patroli ten dusun ngasem desa cepoko -> Sumberlawang
wonten tiyang pejah ten lepen, desa Jekawal Tangen -> Tangen
wong tuwo kulo ical wingi saking griyo, alamat Katelan -> Tangen
ono wong maling pitik nang Gesi lor pasar -> Gesi
ngarepe polsek Jenar ono tabrakan -> Jenar
etan pasar plupuh ono bocah ngamen maksa -> Plupuh
kulon prapatan Tangen ono jurang longsor -> Tangen
ada judi dadu di Sragen Kulon gang mawar -> Sragen
pertelon grompol macet -> Masaran
neng tenggak sidoharjo ono wong dikroyok -> Sidoharjo
njaluk tulung pak omahku kobong. Ngepringan Jenar -> Jenar
"""
NOWHERE_AT_SRAGEN = """
ada maling masuk kandang sapi pak RT ->
api di kandang sapi milik warga ->
dari tadi malam berisik terus pak, bener2 ganggu ->
bener pak itu kejadiannya kemarin ->
sabung ayam di gebang pak ->
jangan bentak saya pak ->
Pak polisi sragen tolong ditindak ->
polres sragen tolong dong jawab ->
halo polres sragen, biaya sim berapa ya ->
syarat bikin skck di polres sragen apa saja ->
saya mau lapor ->
di Karanganyar ada tawuran ->
kecelakaan di ngawi pak masuk jurang ->
kecelakaan truk di boyolali dekat simo ->
adik saya kerja di jakarta ditipu online ->
saya ditipu orang bandung lewat facebook 5 juta ->
tf ke rekening orang surabaya ->
nganti saiki durung ono sing teko pak ->
sono kae lho pak nggone ->
kayu jati saya dicuri di hutan jati ->
saya dari mojokerto mau tanya sim ->
tukang jeruk dibegal ->
sepeda saya dicuri pas di bandung ->
sambi nunggu polisi saya mau tanya ->
sambi boyolali ada laka ->
kalangan remaja disini banyak yg minum ->
di Sidoharjo wonogiri ada laka ->
gimana caranya perpanjang sim c di satpas sragen ->
sim keliling hari ini di kecamatan mana ->
makasih pak sudah ditindak ->
belum sempat makan pak, cepat ->
tenggak miras bareng di pos ronda ->
kulo badhe tanglet, ngurus skck pinten dinten ->
"""
AT_SURAKARTA = """
Knalpot brong di Kadipiro pak -> Banjarsari
knalpot brong kadipiro banjarsari -> Banjarsari
di Karangasem ada pesta miras -> Laweyan
depan sgm macet total pak -> Laweyan
perampasan hp di flyover manahan -> Banjarsari
tawuran pelajar di depan stadion manahan -> Banjarsari
ada orang ngamuk di pasar gede bawa parang -> Jebres
neng ngarep pasar klewer ono copet -> Pasar Kliwon
tabrakan di jalan slamet riyadi depan loji gandrung -> Laweyan
orang gila ngamuk di terminal tirtonadi -> Banjarsari
copet di terminal -> Banjarsari
hilang dompet di stasiun balapan -> Banjarsari
hilang dompet di stasiun -> Banjarsari
bocah mendem neng serengan -> Serengan
maling helm di parkiran UNS -> Jebres
jambret di kampus kentingan -> Jebres
pasar kliwon ada yang berantem -> Pasar Kliwon
PASARKLIWON ada yg berantem -> Pasar Kliwon
di kampung sewu banjir -> Jebres
di mojo ada tawuran, pasar kliwon -> Pasar Kliwon
kel. Mojo rame orang -> Pasar Kliwon
daerah Sumber banjarsari -> Banjarsari
sumber solo deket pom bensin ada laka -> Banjarsari
lagi di sriwedari ada pencopetan -> Laweyan
pencurian di kampung batik laweyan -> Laweyan
mbahku ilang terakhir neng jebres -> Jebres
di mojosongo ada gerombolan bawa sajam -> Jebres
perempatan panggung macet pak apill mati -> Jebres
ngarep rs moewardi ono laka -> Jebres
deket rs oen kandang sapi ada orang jatuh -> Jebres
ada orang bunuh diri di jembatan jurug -> Jebres
balapan di ring road mojosongo -> Jebres
lapor, balap liar jl adi sucipto depan polresta -> Laweyan
nusukan gang 3 ada orang ribut -> Banjarsari
Gilingan ada yg jual miras -> Banjarsari
pajang kulon pasar jongke ada laka -> Laweyan
banyuanyar ada kebakaran -> Banjarsari
perempatan joglo laka motor -> Banjarsari
di Tipes depan SD ada yang kelahi -> Serengan
"""
NOWHERE_AT_SURAKARTA = """
jl veteran solo ada jukir liar ->
di palur ada tabrakan ->
ada tangan orang di sungai ->
saya kena serangan jantung tolong ->
penumpang bus ngamuk ->
rusuh suporter persis solo ->
sewu juta uang saya hilang ->
sumber masalahnya dari tetangga saya ->
air dari sumber mata air kering ->
tolong di jalan yosudarso ada begal ->
barang pajangan toko saya dicuri ->
di kartasura ada begal ->
tolong pak saya di solo baru, ada begal ->
joglo rumah saya dibobol maling ->
rumah joglo saya dibobol maling ->
tipes saya kambuh pak ->
"""


class WrittenToSragenTests(PlacesTestCase):
    station_slug = "sragen"

    def test_a_sentence_is_about_its_district(self) -> None:
        self.check(AT_SRAGEN)

    def test_so_is_one_in_javanese(self) -> None:
        self.check(IN_JAVANESE)

    def test_what_names_no_district_of_ours_has_none(self) -> None:
        self.check(NOWHERE_AT_SRAGEN)


class WrittenToSurakartaTests(PlacesTestCase):
    station_slug = "surakarta"

    def test_a_sentence_is_about_its_district(self) -> None:
        self.check(AT_SURAKARTA)

    def test_what_names_no_district_of_ours_has_none(self) -> None:
        self.check(NOWHERE_AT_SURAKARTA)

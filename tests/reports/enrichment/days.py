"""Three invented days of messages, with which of them are about one incident. Nobody in them is real.

A line: time | who | category and further possibilities | district[.village] or - | incident or - | text
Kinds other than a report stand before the category: "pertanyaan:skck".
"""

SRAGEN = """
05:12|a1|laka-lantas|33.14.07|L1|pak ada tabrakan truk gandeng sama bus di jalan raya sambungmacan arah ngawi, banyak korban
05:15|a2|laka-lantas kemacetan|33.14.07|L1|lapor laka bis vs truk sambungmacan, mohon ambulan banyak penumpang luka
05:19|a3|kemacetan laka-lantas|33.14.07.2001|L1|macet total dari banaran pak gara2 bis nabrak truk, tolong diatur
05:31|a4|laka-lantas|-|L1|bus sama truk gandeng tabrakan pak arah ngawi sopire kejepit
05:44|a5|kemacetan|33.14.07|L1|Selamat pagi, mohon pengaturan lalin di sambungmacan antrean sudah 2 km
06:05|b1|curanmor|33.14.11.2008|-|motor beat hitam ad 4521 bne hilang di teras rumah taraman sidoharjo
06:40|b2|curanmor pencurian|33.14.11.2006|-|pak motor supra saya dicuri semalam di parkiran masjid sidoharjo
07:01|b3|pertanyaan:skck|-|-|syarat bikin skck apa saja pak
07:03|b4|pertanyaan:skck|-|-|pak mau tanya buat skck baru syaratnya apa ya
07:20|b5|pelanggaran-lalin|33.14.10|-|banyak anak sekolah tidak pakai helm di jalan sukowati
07:45|c1|bencana|33.14.03|B1|pohon mahoni tumbang nutup jalan di masaran depan pasar
07:52|c2|kemacetan bencana|33.14.03|B1|jalan solo sragen macet pak ada pohon roboh di masaran
08:10|c3|bencana|33.14.03.2001|B1|Info pohon besar ambruk melintang jalan krikilan masaran, motor tidak bisa lewat
08:15|c4|bencana|33.14.15|-|pohon tumbang menimpa rumah warga di pendem sumberlawang
08:30|d1|penipuan|-|-|saya kena tipu beli hp di facebook sudah transfer 2 juta
08:41|d2|penipuan|-|-|tertipu arisan bodong rugi 10 jt pak bagaimana lapornya
09:05|d3|pertanyaan:sim|-|-|jadwal sim keliling hari ini dimana
09:30|e1|jebakan-tikus-listrik|33.14.02.2003|T1|ada sawah dipasangi setrum tikus dekat irigasi plupuh sambirejo, bahaya pak
11:00|e2|jebakan-tikus-listrik|33.14.02|T1|jebakan tikus listrik nyala terus di sawah plupuh pinggir kali, kemarin ayam mati
11:20|f1|kebakaran|33.14.17.2004|K1|kebakaran pak pabrik mebel di juwok sukodono api besar
11:22|f2|kebakaran|33.14.17|K1|tulung pak kobong gudang kayu sukodono
11:24|f3|kebakaran|-|K1|ada kebakaran tolong kirim damkar cepat
11:35|f4|kebakaran kemacetan|33.14.17|K1|asap hitam tebal dari mebel sukodono, jalan ditutup warga
11:50|f5|kebakaran|33.14.01|-|lahan tebu kebakar di kalijambe merembet ke kebun warga
12:15|g1|odgj|33.14.13|O1|ada orang gila bawa arit mondar mandir di pasar gemolong
12:25|g2|odgj sajam|33.14.13|O1|wong edan nggowo arit neng pasar gemolong pak wedi kabeh
12:40|g3|sajam odgj|33.14.13|O1|pria bawa senjata tajam di pasar gemolong mengancam pedagang
13:00|h1|premanisme-pungli|33.14.10|-|tukang parkir pasar bunder minta 5000 maksa
13:30|h2|penganiayaan|33.14.09|-|saya dipukul tetangga sampai berdarah di plumbungan karangmalang
14:10|i1|judi|33.14.14.2009|J1|ada sabung ayam di kebun belakang waduk gilirejo
15:02|i2|judi|33.14.14|J1|adu jago rame di gilirejo miri, banyak mobil luar kota
15:20|i3|judi|33.14.12|-|judi dadu di warung tanon tiap sore
16:00|j1|konvoi-massa|33.14.13|V1|konvoi pesilat bawa bendera lewat gemolong ke timur, knalpot bising
16:16|j2|konvoi-massa knalpot-brong|33.14.12|V1|rombongan motor perguruan masuk tanon ratusan orang
16:35|j3|konvoi-massa|33.14.11|V1|iring2an silat sampai sidoharjo pak geber geber, ada yg bawa kayu
16:40|j4|keributan konvoi-massa|33.14.11|V1|massa perguruan berhenti di jetak sidoharjo bikin onar lempar batu
17:10|k1|orang-hilang|33.14.10|-|bapak saya pikun pergi dari rumah sejak siang pakai baju batik coklat, sragen wetan
17:40|k2|pertanyaan:stnk-bpkb|-|-|samsat sabtu buka jam berapa
18:05|l1|laka-lantas|33.14.08|L2|kecelakaan di bener ngrampal motor vs motor
18:07|l2|laka-lantas|33.14.08|L2|laka 2 motor depan smp ngrampal pak korban pingsan
18:30|l3|laka-lantas|33.14.19|-|motor masuk jurang di tangen pengendara luka
19:30|m1|knalpot-brong|33.14.10|-|knalpot brong lagi di alun alun
19:40|m2|knalpot-brong|33.14.13|-|brong bleyer bleyer depan terminal gemolong
20:10|m3|miras keributan|33.14.10.1003|M1|anak muda mabuk2an di belakang stasiun sragen teriak teriak
20:30|m4|keributan miras|33.14.10.1003|M1|pak rame2 bocah mendem cedak stasiun sragen, botol dilempar
20:55|m5|keributan|33.14.10|M1|ada keributan dekat stasiun sragen mohon patroli
21:10|n1|keributan|33.14.18|-|sound horeg hajatan gesi keras sekali sampai malam
21:30|n2|petasan|33.14.06|-|anak2 main mercon di gondang bikin kaget
21:45|o1|kdrt|33.14.16|-|tetangga saya dipukuli suaminya di trombol mondokan, teriak minta tolong
21:50|o2|kdrt keributan|33.14.04|-|suami istri bertengkar sampai bawa pisau di celep kedawung
22:00|p1|iseng:iseng|-|-|halo pak polisi lagi apa
22:01|p2|iseng:iseng|-|-|tes tes halo
22:10|q1|begal-jambret|33.14.05|Q1|dijambret di jalan sambirejo tas isi hp dibawa kabur 2 orang naik satria
22:18|q2|begal-jambret|33.14.05|Q1|tadi lihat ibu2 dijambret di sambirejo pelaku boncengan satria hitam lari ke gondang
22:30|r1|balap-liar|33.14.10|R1|balapan liar ring road utara sragen banyak penonton
22:38|r2|balap-liar knalpot-brong|33.14.10|R1|trek trekan motor di ringroad utara pak
22:50|r3|knalpot-brong balap-liar|33.14.10|R1|berisik knalpot motor balapan ring road utara ndak bisa tidur
23:20|r4|balap-liar|33.14.10|R1|pak ringroad masih balapan kok belum dibubarkan
23:30|s1|narkoba|33.14.09|-|curiga kontrakan di kroyo buat nyabu
""".strip()

SOLO = """
06:30|a1|laka-lantas|33.72.05|L1|mobil nabrak pembatas di flyover manahan
06:36|a2|kemacetan laka-lantas|33.72.05|L1|flyover manahan macet ada avanza ringsek
06:50|a3|laka-lantas|33.72.04|-|serempetan motor di jl ir sutami depan uns
07:05|a4|kemacetan|33.72.01|-|lampu merah kerten mati, semrawut
07:12|a5|kemacetan|33.72.01|-|truk mogok di depan pasar purwosari macet
08:00|b1|pertanyaan:tilang|-|-|cara bayar tilang etle gimana
08:20|b2|pencurian|33.72.02|-|warung saya dibobol maling semalam di tipes
09:10|c1|premanisme-pungli|33.72.03|C1|debt collector ngrebut motor di depan pasar klewer
09:14|c2|premanisme-pungli begal-jambret|33.72.03.1009|C1|mata elang 4 orang rampas motor ibu2 klewer tolong pak
10:30|d1|penipuan|-|D1|dapat wa undangan apk terus saldo habis
12:00|e1|kebakaran|33.72.04.1011|E1|rumah kebakaran mojosongo debegan api sudah ke atap
12:02|e2|kebakaran|33.72.04|E1|kobong pak mojosongo
12:03|e3|kebakaran|33.72.04.1011|E1|damkar pak! rumah kontrakan terbakar debegan mojosongo ada anak di dalam
12:10|e4|kebakaran|-|E1|min asap tebal kelihatan dari jembatan mojo arah utara
13:00|f1|pertanyaan:rekrutmen|-|-|tinggi minimal bintara berapa
14:20|g1|odgj|33.72.05|-|orang tanpa busana jalan di nusukan
15:00|h1|penemuan-mayat|33.72.03|H1|ada mayat ngambang di bengawan solo dekat sangkrah
15:04|h2|penemuan-mayat|33.72.03.1008|H1|warga nemu jasad laki2 di pinggir kali sangkrah
15:20|h3|penemuan-mayat orang-hilang|33.72.04|H1|mayat di bengawan solo pucangsawit sudah banyak orang nonton
16:30|i1|konvoi-massa|33.72.01|I1|suporter konvoi jalan slamet riyadi purwosari nutup jalan
16:40|i2|kemacetan konvoi-massa|33.72.01|I1|macet slamet riyadi gara2 suporter bola
16:55|i3|konvoi-massa|33.72.05|I1|suporter pada ke stadion manahan naik atap bus
17:30|i4|tawuran|33.72.05|I2|suporter bentrok di depan stadion manahan lempar batu
17:33|i5|tawuran keributan|33.72.05.1011|I2|rusuh manahan pak, saling lempar, polisi belum ada
17:35|i6|perusakan tawuran|33.72.05|I2|mobil saya dilempari batu suporter di manahan kaca pecah
19:00|j1|curhat:curhat|-|-|saya bingung pak hutang banyak
20:00|k1|miras|33.72.02|-|pesta miras di pos ronda danukusuman
20:20|k2|miras|33.72.05|-|bocah mendem di gilingan belakang terminal
21:00|l1|prostitusi|33.72.05|L9|hotel melati gilingan banyak open bo
21:40|l2|prostitusi|33.72.05|L9|mohon razia hotel di gilingan belakang terminal tirtonadi buat esek esek
22:00|m1|knalpot-brong|33.72.01|M1|motor brong mondar mandir jajar laweyan
22:09|m2|knalpot-brong|33.72.01|M1|suara brong kenceng bgt daerah jajar, 5 motor
22:15|m3|knalpot-brong|33.72.03|-|brong semanggi
22:30|m4|knalpot-brong|33.72.04|-|knalpot brong lagi mojosongo tiap malam
22:44|n1|balap-liar|33.72.03|N1|balap liar depan balaikota
22:50|n2|balap-liar|33.72.03|N1|setingan motor jensud balaikota rame penonton
23:02|n3|knalpot-brong balap-liar|33.72.03|N1|bising motor trek2an di jend sudirman
23:10|o1|tawuran|33.72.02|O1|perang sarung di joyotakan
23:12|o2|tawuran sajam|33.72.02|O1|anak2 bawa gir sama sarung di jembatan joyotakan tawuran
23:20|o3|sajam|33.72.02|O1|gerombolan bawa celurit joyotakan pak cepat
""".strip()

NIGHT = """
18:02|a1|laka-lantas|33.14.09|L1|kecelakaan maut di tol pungkruk km 528 arah solo, elf nabrak truk pak
18:06|a2|laka-lantas|33.14.11|L1|Pak mhn bantuan ada elf ringsek di tol masuk pungkruk penumpang banyak yg luka
18:21|a3|kemacetan|33.14.11|L1|macet panjang exit tol pungkruk ada laka
18:40|b1|pencurian|33.14.03.2011|-|sepeda anak saya hilang di depan rumah pilang masaran
18:55|c1|keributan|33.14.02|C1|ada cekcok di lapangan plupuh gara2 bola voli sampai adu jotos
19:01|c2|penganiayaan keributan|33.14.02|C1|perkelahian penonton voli plupuh, satu anak bonyok
19:03|c3|keributan tawuran|33.14.02|C1|plupuh rusuh pak lapangan voli, cepet
19:10|d1|knalpot-brong|33.14.03|-|motor brong depan smk masaran tiap magrib
19:15|d2|knalpot-brong|33.14.17|-|brong e banter pak neng prapatan sukodono
19:20|d3|miras|33.14.15|-|warung dekat kemukus jual ciu terang terangan
19:45|e1|bencana|33.14.10.1003|E1|angin kencang atap seng beterbangan di sragen kulon
19:49|e2|bencana|33.14.10|E1|tiang listrik roboh kena angin sragen kulon, kabel nyeprot api
19:52|e3|bencana|33.14.10.1003|E1|pak PLN sama polisi tolong, kabel listrik putus di jalan sragen kulon habis angin
20:00|e4|bencana|33.14.08|-|rumah roboh kena puting beliung kebonromo ngrampal
20:10|f1|orang-hilang|33.14.12|F1|anak laki2 5 th hilang saat nonton dangdut di tanon kaos spiderman
20:40|f2|orang-hilang|33.14.12|F1|ditemukan bocah nangis sendirian pakai baju spiderman di warung dekat panggung tanon
20:45|f3|keributan|33.14.12|F2|dangdutan tanon ricuh joget senggolan
20:47|f4|tawuran keributan|33.14.12|F2|pemuda lempar kursi di panggung orkes tanon pak
20:50|f5|tawuran keributan|33.14.12|F2|orkes tanon bubar tawuran antar kampung ada yang berdarah
21:00|g1|pertanyaan:izin-keramaian|-|-|izin orkes dangdut ngurusnya dimana pak
21:02|g2|pertanyaan:izin-keramaian|-|-|mau nanya izin keramaian buat hajatan
21:15|h1|judi|33.14.19|H1|sabung ayam di katelan tangen rame malam ini
21:40|h2|judi|33.14.19.2001|H1|tangen ada adu jago pak, katelan kidul kuburan, taruhan jutaan
21:50|i1|petasan|33.14.13|-|mercon gede di gemolong dekat masjid
22:05|j1|tawuran|33.14.10|J1|perang sarung alun alun sragen puluhan anak
22:08|j2|tawuran|33.14.10|J1|bocah2 perang sarung neng alun2 pak ndang dibubarke
22:09|j3|keributan tawuran|33.14.10|J1|anak anak ribut di alun-alun bawa sarung isi batu
22:12|j4|sajam tawuran|33.14.10|J1|ada yang bawa gir di alun alun, mereka kejar kejaran
22:30|k1|curanmor|33.14.01|K2|pak motor vixion merah ilang parkir kalijambe, plat AD 5512 ANE
22:50|k2|curanmor|33.14.13|K2|lihat vixion merah AD 5512 ANE didorong 2 orang arah gemolong mencurigakan
23:00|l1|begal-jambret|33.14.16|-|dibegal di bulak mondokan hp sama dompet diambil
23:20|m1|balap-liar|33.14.09|M1|balapan di jalan ring road selatan karangmalang
23:26|m2|balap-liar knalpot-brong|33.14.09|M1|motor balap kenceng kenceng ringroad selatan plumbungan ganggu tidur
23:50|n1|kebakaran|33.14.18|N1|kandang ayam kebakar di tanggan gesi
23:53|n2|kebakaran|33.14.18.2001|N1|kobong kandange pak lurah tanggan
23:58|n3|kebakaran|-|N1|pak pemadam cepat apinya makin besar kandang ayam ribuan ekor
""".strip()

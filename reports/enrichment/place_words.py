"""Words that tell a name of a place from an ordinary word, and what the place has to do with what happened.

Written for Sragen and Surakarta: Indonesian, Javanese, and how people shorten both.
"""

VILLAGE_CUES = frozenset("desa kel lurah kades".split())
DISTRICT_CUES = frozenset("kec polsek kapolsek polsekta koramil camat".split())
HAMLET_CUES = frozenset("dusun dukuh kampung gang rt rw kebayanan".split())
"""What follows is a part of a village, and may be called like a village elsewhere."""
OF_A_PLACE = frozenset(
    "pasar perempatan pertigaan perlimaan simpang bundaran jembatan kreteg terminal stasiun halte masjid mushola "
    "musholla gereja puskesmas balaidesa kantor lapangan sd sdn smp smpn sma sman smk smkn mi mts man spbu pom perum "
    "gapura makam waduk embung bendungan gudang pabrik palang jl ringroad tol exit gerbang bulak tugu taman stadion "
    "gor rs rsud pukesmas bukit sendang kali kebun alunalun wilayah daerah kawasan area tlatah flyover underpass "
    "sawah alas hutan km tol indomaret alfamart bank pondok ponpes bensin resto warung toko".split()
)
"""What has the name of its place after it."""
NEVER_ORDINARY_AFTER = frozenset(
    "perempatan pertigaan simpang bundaran terminal stasiun halte puskesmas balaidesa lapangan sdn smpn jembatan "
    "gapura palang wilayah flyover embung waduk".split()
)
"""After these even an ordinary word is a name: nobody speaks of the crossroads of an orange."""
WHERE = frozenset(
    "di neng depan ngarep belakang mburi dekat cedak samping sekitar timur barat utara selatan etan wetan kulon lor "
    "kidul seberang antara tkp lokasi lokasine alamat posisi posisine masuk lewat mampir dalam tengah kene kono "
    "daerah wilayah kawasan area tlatah se".split()
)
WHERE_ALONE = frozenset("di neng daerah wilayah kawasan area tkp lokasi alamat posisi se".split())
TOWARDS = frozenset(
    "arah menuju jurusan tujuan nuju ngarah kabur lari melarikan mlayu mlayune".split()
)
TO = frozenset("ke marang maring dateng".split())
FROM = frozenset("dari saking seko saka asal asale".split())
OF_A_PERSON = frozenset(
    "orang wong warga asal asli domisili ktp cah anak pemuda bocah arek penduduk tinggal kelahiran wonge lare "
    "tiyang kos ngekos nikah keluarga".split()
)
HAPPENED = frozenset(
    "kejadian kejadiannya kejadiane kedadean kedadeyan tkp lokasi lokasinya lokasine terjadi posisi posisinya sekarang "
    "skrg skarang saiki sakniki".split()
)
NOT = frozenset("bukan bkn dudu dede sanes".split())
NOBODYS_PLACE = frozenset(
    "polres polresta kapolres kapolresta mapolres mapolresta polri pak pakpol polisi satlantas reskrim satreskrim "
    "bupati walikota persis pasoepati psht lp dprd pemkab pemkot dishub samsat kejaksaan bpbd rutan dinsos sat halo "
    "admin satpas satreskoba kasat".split()
)
"""What follows names an office or a club, not where something is."""

ORDINARY = frozenset(
    "dari bener dukuh sewu sumber sono mojo kalangan nganti bumi soko jeruk bentak sigit gading pare bandung tunggul "
    "srawung sambi tenggak pendem padas bendungan jati pandak joglo mojokerto purworejo puro bendo".split()
)
"""Names that are ordinary words, first names, or towns elsewhere: they need a cue or their district beside them."""
ORDINARY_APART = frozenset(["kandangsapi"])
"""Names that are ordinary words when they are written in two: a "kandang sapi" is a cowshed, Kandangsapi a village."""
FUNCTION_WORDS = frozenset("dari bener sono soko nganti sewu sambi kalangan tenggak dukuh".split())
"""The most frequent of those: their district after them is not enough ("dari Plupuh" comes from Plupuh)."""
UNCERTAIN = frozenset(
    "pajang sine jetak jetis tangkil pilang gebang dawung banaran kroyo miri bagor kauman semanggi timuran japoh "
    "mlale newung kwangen krebet jagalan galeh glonggong patihan cemeng pagak celep musuk saren keden poleng geneng "
    "doyong jembangan tipes jajar sepat blimbing gabus kecik jono karungan gawan pengkol gondang jabung jekani "
    "trombol sidodadi tegalrejo sukorejo sumberejo wonorejo mojorejo gajahan serengan saradan majenang jenar gesi "
    "plumbon toyogo cepoko gilingan ketro".split()
)
"""Names that now and then are something else: alone in the middle of a sentence they are a guess."""

UNTIL = frozenset("sampai smp sampe sampek nganti tekan ke ngantek".split())
SUBJECT_OF = frozenset(
    "ada ono enek onok wonten rame banjir macet rawan kobong kebakaran resah lagi sering".split()
)
"""What is said of a place that a message begins with."""
PARTS_OF_A_PLACE = frozenset("rt rw gang blok indah permai asri kulon wetan lor kidul".split())
"""What follows the name of a place and no other word."""

NEIGHBOURS = frozenset(
    "karanganyar boyolali sukoharjo ngawi klaten wonogiri grobogan purwodadi semarang jogja yogyakarta kartasura kartosuro "
    "palur colomadu kebakkramat gondangrejo jaten tasikmadu mojogedang jumapolo tawangmangu karangpandan matesih "
    "klego nogosari banyudono simo mantingan widodaren kedunggalar walikukun toroh geyer juwangi kemusu "
    "wonosegoro delanggu prambanan jakarta surabaya salatiga magelang madiun magetan ponorogo pacitan blora cepu kudus "
    "demak bekasi tangerang bogor kediri solobaru grogol pabelan makamhaji gentan gatak nguter bendosari "
    "polokarto mojolaban bekonang sidoarjo lumajang sleman bantul temanggung wonosobo kebumen banyumas cilacap "
    "tegal brebes pemalang pekalongan batang kendal jepara rembang tuban lamongan gresik mojoagung jombang nganjuk "
    "trenggalek tulungagung blitar pasuruan probolinggo jember banyuwangi denpasar lampung palembang batam depok "
    "cikarang karawang cirebon ciamis pabelan dayu jakarta jatim jabar kalimantan sumatra sumatera sulawesi".split()
) - {"tegal", "batang", "depok"}  # fmt: skip
"""Regencies, towns and districts outside of both stations' areas that people here name."""

COMMON = frozenset(
    "tangan menahan gerbang serangan penumpang gendang pondokan pelatihan putihan patahan kurungan gendongan lebaran "
    "bayaran sasaran kembangan tanggal tangga tanggap tanggung pendek kertas keramat gandengan ketakutan giliran "
    "tusukan sempat panas sambil gondol tangis sumbang sumbar simpan langgan pelayan pelanggan panitia pandang panjang "
    "pantai pantas jalanan jajanan jaringan jabatan jembatan kerusuhan kecelakaan kegaduhan kesasar tetangga sebelah "
    "semangat sedang sedangkan sragam seragam seragen kelompok kendaraan kenceng kenapa karangan bangunan bantuan "
    "bandara bandar banding banjir bandung bandungan gedung gelandangan golongan gembong gendeng gedangan miring "
    "mesran masalah mobil motor sumber sumbernya solusi sekolah selokan sekarang sidang singgah sodara sundul suwalan "
    "pelaku pemuda perumahan pungutan puncak purbaya pengajian pinggir plastik plongo ngarep ngantri ngamuk jenasah "
    "jenazah jaminan keluar kelurahan kalung kalangan kawan kiriman tangkap taruhan tabrakan tawuran tanaman tanpa "
    "timur tengah tenang kemarin malam siang warungan gelap gerombolan gerobak gendong gentong botolan".split()
)
"""Ordinary words one letter away from a name: never taken for a slip of the pen."""

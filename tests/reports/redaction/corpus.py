"""Sentences as people send them: with something by which somebody is found, and without.

All numbers, names and addresses are made up.
"""

PHONES = (
    "081234567890",
    "0812-3456-7890",
    "0812 3456 7890",
    "0812.3456.7890",
    "+62 812-3456-7890",
    "+6281234567890",
    "6281234567890",
    "(0812) 3456 7890",
    "08l2 3456 789O",
    "O8I234567890",
    "0 8 1 2 3 4 5 6 7 8 9 0",
    "0812/3456/7890",
    "0️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣0️⃣",
    "nol delapan satu dua tiga empat lima enam tujuh delapan sembilan nol",
    "nol 8 satu dua, tiga empat lima enam 7 delapan sembilan nol",
    "kosong-lapan-satu-dua-tiga-empat-lima-enam-tujuh-lapan-sembilan-kosong",
    "nol wolu siji loro telu papat limo enem pitu wolu songo nol",
    "0271 645 1234",
    "(0271) 645-1234",
    "+62 271 6451234",
)
AROUND = (
    "Ada balap liar di Jl Sukowati, hubungi {} untuk keterangan",
    "hp:{} mohon segera ke Pasar Bunder",
    "Kebakaran di Gemolong!! ini nomor saya {}.",
    "{} itu WA saya pak, ada tawuran di alun-alun",
    "Tolong dirahasiakan, tp kalau perlu telp {} jam 20.30",
)
NUMBERS = (
    ("NIK saya 3314012345670001", "3314012345670001"),
    ("KTP 3314 0123 4567 0001 atas kejadian kemarin", "4567"),
    ("KK no. 3314-0123-4567-0002", "4567"),
    ("nik:3314012345670001, ada judi sabung ayam", "3314012345670001"),
    ("transfer ke BRI 1234-01-001234-50-1 penipu", "001234"),
    ("rek BCA 1234567890", "1234567890"),
    ("rekening mandiri 138 00 1234567 8 itu", "1234567"),
    ("no bpjs 0001234567891", "0001234567891"),
    ("laporan SRG-2611-00042 belum ditindak", "00042"),
    ("Tiket saya SKA-2611-00107 bagaimana?", "00107"),
)
ADDRESSES = (
    ("email saya budi.s@gmail.com", "budi"),
    ("kirim ke budi_s99@yahoo.co.id ya", "budi_s99"),
    ("budi (at) gmail (dot) com", "gmail"),
    ("budi[at]yahoo.co.id", "yahoo"),
    ("budi at gmail dot com", "gmail"),
    ("budi @ gmail . com", "gmail"),
    ("hubungi wa.me/6281234567890", "6281234567890"),
    ("https://wa.me/6281234567890?text=halo", "6281234567890"),
    ("api.whatsapp.com/send?phone=6281234567890", "6281234567890"),
    ("videonya di https://www.instagram.com/budi.solo/reel/1", "budi"),
    ("lihat facebook.com/budi.santoso", "budi"),
    ("t.me/budisolo ada buktinya", "budisolo"),
    ("bit.ly/3abcDEF", "3abcDEF"),
    ("Foto di drive.google.com/file/d/abc", "abc"),
    ("ig saya @budi_solo", "budi_solo"),
    ("ig: budi.solo", "budi.solo"),
    ("tiktok = budisolo88", "budisolo88"),
    ("fb saya: budisantoso", "budisantoso"),
)
NAMES = (
    ("Nama saya Budi Santoso dari Gemolong, ada pencurian", "Budi", "Santoso"),
    ("nama saya budi, mau lapor", "budi"),
    ("nama sy Siti Aminah mau melaporkan judi", "Siti", "Aminah"),
    ("Nama: Joko Susilo\nAda miras di gang", "Joko", "Susilo"),
    ("nama lengkap : Retno Wulandari", "Retno", "Wulandari"),
    ("Perkenalkan saya Rina Wati warga Masaran", "Rina", "Wati"),
    ("perkenalkan nama saya agus", "agus"),
    ("saya bernama Dewi Lestari", "Dewi", "Lestari"),
    ("a.n. Siti Aminah", "Siti", "Aminah"),
    ("an. Joko Susilo mohon ditindak", "Joko", "Susilo"),
    ("a/n Joko Susilo", "Joko"),
    ("Atas nama Slamet Riyadi mohon bantuan", "Slamet"),
    ("Demikian. Hormat saya, Joko Widodo", "Joko", "Widodo"),
    ("Terima kasih.\nHormat saya,\nBambang Irawan", "Bambang", "Irawan"),
    ("Salam, Andi Firmansyah", "Andi", "Firmansyah"),
    ("ttd Eko Prasetyo", "Eko", "Prasetyo"),
    ("Tertanda: Mulyono", "Mulyono"),
    ("pelapor: Wahyu Nugroho", "Wahyu", "Nugroho"),
    ("dengan saya Yanto, mau lapor", "Yanto"),
    ("panggil aja mbak yuni", "yuni"),
    ("panggil saya Tarno", "Tarno"),
    ("jenengku paijo pak", "paijo"),
)
HOMES = (
    ("rumah saya di Jl Merpati no 5 RT 03, tolong cepat", "Merpati"),
    ("rumahku di belakang masjid Al Huda", "Al Huda"),
    ("saya tinggal di Gang Mawar 3", "Mawar"),
    ("alamat saya: Dk Bulu RT 2 RW 4", "Bulu"),
    ("kos saya di dekat kampus barat", "kampus"),
    ("sy ngontrak di Jl Kenari 12", "Kenari"),
    ("omahku neng kidul pasar", "pasar"),
    ("saya berdomisili di Dukuh Ngepos", "Ngepos"),
    ("rumah saya di Jl. Kenanga no. 7 RT. 02 ada maling", "Kenanga", "7", "02"),
    (
        "Depan rumah saya di Masaran ada sekitar sepuluh pemuda nongkrong sambil minum-minum",
        "Masaran",
    ),
    ("rumah saya di utara pasar lama sebelah kanan jalan besar itu lho pak polisi", "pasar lama"),
)
CLEAN = """
Ada balap liar di Jl Sukowati jam 23.30-01.00
pelaku naik Vixion merah plat AD 1234 XY
AD 5678 AB Honda Beat hitam dibawa kabur
kejadian 21-11-2026 pukul 20.30, 15 orang
tgl 8-11-2026 jam 20.30 ada 21 orang
tanggal 2026-11-21 sekitar jam 22:15
uang Rp 1.500.000.000 hilang dari brankas
kerugian Rp. 25.000.000,- lebih
hilang 150.000.000 kemarin malam
jual pil 10 butir 50rb di belakang terminal
lokasi -7.42641, 111.02231
titik -7.56980000, 110.82843333 dekat palang
pak tolong ada begal di ring road utara
Selamat malam pak, ada pencurian di Pasar Bunder lapak no 12
Bapak Polisi yang terhormat, mohon patroli
Pak Kapolres yang kami hormati, lampu merah mati
dua tiga orang bawa celurit
satu dua kali lewat, suaranya keras sekali
setiap malam minggu pukul 22.00 s/d 02.00 WIB
pelaku 3 orang naik 2 motor matic warna merah tahun 2019
knalpot brong grung grungan di Jl Slamet Riyadi
pohon tumbang di km 12 jalan Sragen-Ngawi
kebakaran di pabrik tekstil Masaran, api sudah besar
tabrakan truk dan motor di perempatan Gemolong
ada ular masuk rumah warga, tolong damkar
sabung ayam di kebun belakang balai desa, tiap sabtu
orang mabuk bikin onar depan alfamart
pemuda nongkrong bawa miras di bawah jembatan
RT 03 RW 05 Desa Jetis sering ada maling
jalan macet total dari jam 7 sampai 9 pagi
mobil box tabrakan dgn motor, pengendara kejepit
anak sma ngebut2an tanpa helm bonceng 3
konvoi perguruan silat 200 motor ke arah Tangen
jebakan tikus listrik di sawah Desa Kandangsapi
Sopir truk ugal-ugalan, bak kuning
Mohon izin melaporkan adanya petasan tiap malam
bau busuk dari rumah kosong sudah 3 hari
anjing gila gigit orang di pasar
ada mayat di sungai Bengawan Solo dekat jembatan Jurug
kendaraan plat H 4321 BC parkir di trotoar
Tolong pak, ada perkelahian di terminal Tirtonadi
jukir liar minta 10.000 sekali parkir
tarif resmi 2.000 diminta 5.000
lapor, listrik padam dan ada kabel putus
penipuan modus segitiga jual beli motor
mereka kumpul jam 9 sampai 11 malam
ada 4 laki-laki umur 20-25 th bawa sajam
pencurian helm 2 buah di parkiran RSUD
toko emas dirampok 3 orang bertopeng
maling tertangkap warga, mohon segera ke lokasi agar tidak dihakimi
bendungan jebol air naik 1,5 meter
suara sound system sampai jam 1 malam
ada orang gila lempar batu ke mobil
mau tanya syarat SKCK apa saja ya
perpanjang SIM C bayar berapa
jam buka samsat sabtu
Terima kasih banyak pak polisi
sudah aman pak, pelakunya kabur ke timur
macet 5 km sampai exit tol 515
pengeroyokan di lapangan desa, korban luka parah
""".strip().split("\n")
DOUBTFUL = (
    ("depan rumah saya ada balap liar", "depan rumah saya"),
    ("saya tetangganya pelaku", "saya tetangganya"),
    ("tetangga saya jual miras", "tetangga saya"),
    ("Pak Tarno yang mabuk itu", "Pak Tarno"),
    ("pakde tarno yang punya warung", "pakde tarno yang punya"),
    ("anak saya dipukul di sekolah", "anak saya"),
    ("saya karyawan pabrik itu", "saya karyawan"),
    ("saya kerja di pabrik sebelah", "saya kerja di"),
    ("saya yang punya warung", "saya yang punya"),
    ("saya lihat sendiri dari jendela kamar", "saya lihat sendiri dari jendela kamar"),
    ("di sebelah toko saya ada judi", "di sebelah toko saya"),
    ("istri saya dijambret", "istri saya"),
    ("pagar saya ditendang", "pagar saya"),
    ("di rumah cuma saya sendirian", "cuma saya"),
    ("jangan bilang saya yang lapor ya", "saya yang lapor"),
    ("Kelihatan dari jendela, jaket merah", "Kelihatan dari jendela"),
    ("di dukuh saya banyak yang pasang setrum", "dukuh saya"),
)

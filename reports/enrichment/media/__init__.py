"""What citizens send, made safe to look at. Bytes in, bytes out: no rows, no keys, no network.

`derive.derive` is the way in. What a file is, its content says (`sniffing`). Still pictures are decoded here, one at a
time; what needs larger decoders (sound and film, HEIC, PDF) goes to a child process that has little time, little memory, no
network and no file but the two in memory that it is given (`limited`).

To take a new kind of file: its signature in `sniffing`, a module that turns bytes into `Derived`, a line in `derive`.
"""

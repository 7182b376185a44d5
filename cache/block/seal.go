package block

import (
	"encoding/binary"
	"errors"
	"hash/crc32"

	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

// ErrDamaged says that a column is not as it was packed.
var ErrDamaged = errors.New("a block of log events is damaged")

// A sealed column is a byte that says how it is compressed, the size before compression, the bytes, and their CRC-32C.
// SQLite does not check what it stores: without the checksum a flipped bit would change a message unnoticed.
const (
	stored = byte(iota)
	lz4Block
	zstdFrame
)

// maxRaw bounds the size that a column may claim before compression. The largest block that Split makes has one message
// of 1 MiB, the most that AWS takes.
const maxRaw = 64 << 20

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func (p *Packer) seal(how byte, raw []byte) []byte {
	head := binary.AppendUvarint([]byte{how}, uint64(len(raw)))
	var sealed []byte
	switch how {
	case lz4Block:
		room := make([]byte, len(head)+lz4.CompressBlockBound(len(raw)))
		n, err := p.quick.CompressBlock(raw, room[len(head):])
		if err != nil || n == 0 || n >= len(raw) { // LZ4 does not make it smaller
			return p.seal(stored, raw)
		}
		sealed = room[:copy(room, head)+n]
	case zstdFrame:
		sealed = p.small.EncodeAll(raw, head)
	default:
		sealed = append(head, raw...)
	}
	return binary.LittleEndian.AppendUint32(sealed[:len(sealed):len(sealed)], crc32.Checksum(sealed, castagnoli))
}

// opener unpacks columns.
type opener struct{ small *zstd.Decoder }

func newOpener() opener {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxRaw))
	if err != nil {
		panic(err) // the options above are constant
	}
	return opener{d}
}

// open unpacks a column into buf, which grows as needed, and returns it.
func (o opener) open(buf, column []byte) ([]byte, error) {
	if len(column) < 6 {
		return buf, ErrDamaged
	}
	body, sum := column[:len(column)-4], binary.LittleEndian.Uint32(column[len(column)-4:])
	size, n := binary.Uvarint(body[1:])
	if n <= 0 || size > maxRaw || crc32.Checksum(body, castagnoli) != sum {
		return buf, ErrDamaged
	}
	how, packed := body[0], body[1+n:]
	if how == stored {
		if uint64(len(packed)) != size {
			return buf, ErrDamaged
		}
		return append(buf[:0], packed...), nil
	}
	if uint64(cap(buf)) < size {
		buf = make([]byte, size+size/4)
	}
	var err error
	got := 0
	switch how {
	case lz4Block:
		got, err = lz4.UncompressBlock(packed, buf[:size])
	case zstdFrame:
		buf, err = o.small.DecodeAll(packed, buf[:0])
		got = len(buf)
	default:
		err = ErrDamaged
	}
	if err != nil || uint64(got) != size {
		return buf, ErrDamaged
	}
	return buf[:size], nil
}

using System.Buffers.Binary;

namespace Simile.Imaging.Decoders;

/// <summary>
/// The first frame of a GIF (GIF89a specification). It keeps the colors of transparent pixels, which Skia does not return.
/// </summary>
internal ref struct GifDecoder
{
    private const byte Extension = 0x21;
    private const byte GraphicControl = 0xF9;
    private const byte Image = 0x2C;

    private readonly ReadOnlySpan<byte> _file;
    private readonly string _name;
    private ReadOnlySpan<byte> _palette;
    private int _at;
    private int _clear;

    private GifDecoder(ReadOnlySpan<byte> file, string name)
    {
        _file = file;
        _name = name;
        _clear = -1;
        _at = 6;
    }

    /// <summary>The picture as RGBA.</summary>
    /// <exception cref="InvalidDataException">The file is cut off, damaged or too large.</exception>
    public static Picture Decode(ReadOnlySpan<byte> file, string name) => new GifDecoder(file, name).Decode();

    private Picture Decode()
    {
        var screen = Take(7);
        var (width, height) = (U16(screen), U16(screen[2..]));
        TakePalette(screen[4]);
        SkipToImage();
        var frame = Take(9);
        var (left, top, columns, rows) = (U16(frame), U16(frame[2..]), U16(frame[4..]), U16(frame[6..]));
        Picture.CheckSize(columns, rows, _name);
        Picture.CheckSize(Math.Max(width, left + columns), Math.Max(height, top + rows), _name);
        TakePalette(frame[8]);
        var data = TakeBlocks(out var codeSize);
        if (columns * rows > GifCodes.MostIndices(data.Length))
        {
            throw Damaged("its data are too short for its size");
        }

        var indices = new byte[columns * rows];
        if (!GifCodes.Read(data, codeSize, indices))
        {
            throw Damaged("its data end before the last pixel");
        }

        return Paint(
            Picture.New(Math.Max(width, left + columns), Math.Max(height, top + rows), 4),
            indices,
            left,
            top,
            columns,
            isInterlaced: (frame[8] & 0x40) != 0);
    }

    // Outside the frame Pillow shows the transparent color, or else the first one.
    private readonly Picture Paint(Picture picture, byte[] indices, int left, int top, int columns, bool isInterlaced)
    {
        for (var i = 0; i < picture.Width * picture.Height; i++)
        {
            SetPixel(picture.Pixels[(i * 4)..], Math.Max(_clear, 0));
        }

        var rows = indices.Length / columns;
        for (var i = 0; i < rows; i++)
        {
            var line = picture.Row(top + (isInterlaced ? InterlacedRow(i, rows) : i))[(left * 4)..];
            for (var x = 0; x < columns; x++)
            {
                SetPixel(line[(x * 4)..], indices[(i * columns) + x]);
            }
        }

        return picture;
    }

    private readonly void SetPixel(Span<byte> pixel, int index)
    {
        if (_palette.IsEmpty)
        {
            pixel[..3].Fill((byte)index); // without any palette the indices are grays
        }
        else if (index * 3 < _palette.Length)
        {
            _palette.Slice(index * 3, 3).CopyTo(pixel);
        }
        else
        {
            pixel[..3].Clear();
        }

        pixel[3] = index == _clear ? (byte)0 : (byte)255;
    }

    // Interlacing: every 8th row, every 8th from 4, every 4th from 2, every 2nd from 1.
    private static int InterlacedRow(int i, int rows)
    {
        foreach (var (first, step) in (ReadOnlySpan<(int, int)>)[(0, 8), (4, 8), (2, 4), (1, 2)])
        {
            var count = rows > first ? (rows - first + step - 1) / step : 0;
            if (i < count)
            {
                return first + (i * step);
            }

            i -= count;
        }

        return 0;
    }

    private void SkipToImage()
    {
        while (true)
        {
            var kind = Take(1)[0];
            if (kind == Image)
            {
                return;
            }

            if (kind != Extension)
            {
                throw Damaged("it holds no picture");
            }

            SkipExtension(Take(1)[0]);
        }
    }

    private void SkipExtension(byte label)
    {
        while (Take(1)[0] is > 0 and var length)
        {
            var block = Take(length);
            if (label == GraphicControl && length >= 4)
            {
                _clear = (block[0] & 1) != 0 ? block[3] : -1;
            }
        }
    }

    private void TakePalette(byte flags)
    {
        if ((flags & 0x80) != 0)
        {
            _palette = Take(3 << ((flags & 7) + 1));
        }
    }

    private byte[] TakeBlocks(out int codeSize)
    {
        codeSize = Take(1)[0];
        var data = new List<byte>(_file.Length - _at);
        while (_at < _file.Length && _file[_at] is > 0 and var length)
        {
            _at++;
            data.AddRange(_file.Slice(_at, Math.Min(length, _file.Length - _at)));
            _at = Math.Min(_at + length, _file.Length);
        }

        return [.. data];
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _file.Length - _at)
        {
            throw Damaged("it is cut off");
        }

        _at += count;
        return _file.Slice(_at - count, count);
    }

    private static int U16(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt16LittleEndian(at);

    private readonly InvalidDataException Damaged(string what) => new($"{_name} is a damaged GIF file: {what}.");
}

using System.Runtime.CompilerServices;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;

namespace Simile.Tokenizers.Files;

/// <summary>The algorithm of a SentencePiece model, numbered as in its files.</summary>
internal enum SentencePieceType
{
    Unigram = 1,
    Bpe = 2,
    Words = 3,
    Characters = 4,
}

/// <summary>The fields of a SentencePiece ModelProto that encoding and decoding need, with their defaults.</summary>
internal sealed class SentencePieceProto
{
    public ScoredPieces Pieces { get; private set; } = null!;

    public SentencePieceType ModelType { get; private set; } = SentencePieceType.Unigram;

    public bool ByteFallback { get; private set; }

    public string BeginPiece { get; private set; } = "<s>";

    public string EndPiece { get; private set; } = "</s>";

    public string UnknownSurface { get; private set; } = " \u2047 ";

    public SentencePieceOptions Options { get; private set; } = new();

    /// <summary>The precompiled charsmap.</summary>
    public ReadOnlyMemory<byte> Rules { get; private set; }

    /// <exception cref="InvalidDataException">The bytes are not such a message, or hold no pieces.</exception>
    public static SentencePieceProto Read(ReadOnlyMemory<byte> model)
    {
        var proto = new SentencePieceProto();
        var pieces = new PieceList(model);
        var reader = new ProtobufReader(model.Span, 0);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    pieces.Add(reader.Bytes, reader.BytesStart);
                    break;
                case 2:
                    proto.ReadTrainerSpec(reader.Bytes);
                    break;
                case 3:
                    proto.ReadNormalizerSpec(reader.Bytes, reader.BytesStart, model);
                    break;
                case 5 when HasRules(reader.Bytes):
                    throw new NotSupportedException("a SentencePiece model with rules for decoding (denormalizer_spec) is not supported.");
            }
        }

        proto.Pieces = pieces.ToPieces();
        return proto;
    }

    private static bool HasRules(ReadOnlySpan<byte> spec)
    {
        var reader = new ProtobufReader(spec, 0);
        var has = false;
        while (reader.Read())
        {
            has |= reader.Field == 2 && !reader.Bytes.IsEmpty;
        }

        return has;
    }

    private void ReadTrainerSpec(ReadOnlySpan<byte> spec)
    {
        var reader = new ProtobufReader(spec, 0);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 3:
                    ModelType = (SentencePieceType)Math.Min(reader.Value, int.MaxValue);
                    break;
                case 24:
                    Options = Options with { WhitespaceAsSuffix = reader.Flag };
                    break;
                case 35:
                    ByteFallback = reader.Flag;
                    break;
                case 44:
                    UnknownSurface = reader.Text;
                    break;
                case 46:
                    BeginPiece = reader.Text;
                    break;
                case 47:
                    EndPiece = reader.Text;
                    break;
            }
        }
    }

    private void ReadNormalizerSpec(ReadOnlySpan<byte> spec, int start, ReadOnlyMemory<byte> model)
    {
        var reader = new ProtobufReader(spec, start);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 2:
                    Rules = model.Slice(reader.BytesStart, reader.Bytes.Length);
                    break;
                case 3:
                    Options = Options with { AddDummyPrefix = reader.Flag };
                    break;
                case 4:
                    Options = Options with { RemoveExtraWhitespaces = reader.Flag };
                    break;
                case 5:
                    Options = Options with { EscapeWhitespaces = reader.Flag };
                    break;
            }
        }
    }

    private sealed class PieceList(ReadOnlyMemory<byte> model)
    {
        private readonly List<int> _starts = [];
        private readonly List<int> _lengths = [];
        private readonly List<float> _scores = [];
        private readonly List<PieceKind> _kinds = [];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add(ReadOnlySpan<byte> piece, int start)
        {
            var reader = new ProtobufReader(piece, start);
            var (textStart, textLength, score, kind) = (0, 0, 0f, PieceKind.Normal);
            while (reader.Read())
            {
                switch (reader.Field)
                {
                    case 1:
                        (textStart, textLength) = (reader.BytesStart, reader.Bytes.Length);
                        break;
                    case 2:
                        score = reader.Single;
                        break;
                    case 3:
                        kind = reader.Value is >= 1 and <= 6
                            ? (PieceKind)reader.Value
                            : throw new InvalidDataException($"Piece {_starts.Count} has the unknown type {reader.Value}.");
                        break;
                }
            }

            _starts.Add(textStart);
            _lengths.Add(textLength);
            _scores.Add(score);
            _kinds.Add(kind);
        }

        public ScoredPieces ToPieces() => _starts.Count == 0
            ? throw new InvalidDataException("it holds no pieces.")
            : new ScoredPieces(model, [.. _starts], [.. _lengths], [.. _scores], [.. _kinds]);
    }
}

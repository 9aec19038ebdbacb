using Simile.Models.Architectures;
using Simile.Models.Onnx;
using Simile.Models.Text;
using Simile.Tokenizers;

namespace Simile.Models.BuiltIn;

/// <summary>
/// The model that comes with Simile, in one packed file: universal-sentence-encoder-multilingual 3 for texts, MobileNet v2 for pictures,
/// YAMNet for sounds.
/// </summary>
/// <remarks>docs/formats/packed-model.md describes the format, docs/models/built-in.md origin and quality.</remarks>
public static partial class BuiltInModel
{
    /// <summary>The name of the packed file.</summary>
    public const string FileName = "base.simd";

    private const string ConfigSection = "text/config";
    private const string VocabularySection = "text/vocabulary";

    /// <summary>Packs a use-multilingual model into one file. The same model always gives the same bytes.</summary>
    /// <param name="folder">A folder with config.json, sentencepiece.model and model.safetensors (or model.safetensors.gz).</param>
    /// <param name="outFile">The file to write. It is written atomically.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or its values cannot be packed.</exception>
    public static void Pack(string folder, string outFile)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(outFile);
        var model = ModelFolder.Find(folder);
        var config = File.ReadAllBytes(model.File("config.json"));
        UniversalSentenceEncoderConfig.Parse(config, model.File("config.json"));
        using var weights = UniversalSentenceEncoderFolder.OpenWeights(model);
        var table = new UniversalSentenceEncoderTable(weights);
        PackedFile.Write(outFile,
        [
            (ConfigSection, config),
            (PackedNetwork.Section,
                PackedNetwork.Write(weights.Tensors.Values.Where(tensor => !UniversalSentenceEncoderTable.Owns(tensor)))),
            (VocabularySection, File.ReadAllBytes(model.File(UniversalSentenceEncoderFolder.VocabularyFile))),
            (PackedTable.Section, PackedTable.Write(table.Bytes, table.Dimensions, table.Scale, table.Offset)),
        ]);
    }

    /// <summary>Opens the model of this Simile.</summary>
    /// <param name="bitEqual">Whether each text runs through the network alone.</param>
    internal static TextEncoder Load(bool bitEqual = false) => Load(FilePath, bitEqual);

    /// <summary>Opens a packed file.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    internal static TextEncoder Load(string path, bool bitEqual = false)
    {
        var file = Open(path);
        try
        {
            return Load(file, file, bitEqual);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static UniversalSentenceEncoder Load(PackedFile file, IDisposable? owned, bool bitEqual = false)
    {
        var vocabulary = file.Section(VocabularySection);
        var config = UniversalSentenceEncoderConfig.Parse(file.Section(ConfigSection), file.Path);
        var (table, network) = (new PackedTable(file), PackedNetwork.Read(file));
        var tokenizer = Task.Run(() => Tokenizer.LoadSentencePiece(vocabulary, addBegin: true, addEnd: true));
        return UniversalSentenceEncoder.Start(config, table, network, tokenizer, owned, bitEqual);
    }

    private static PackedFile Open(string path)
    {
        _ = Task.Run(OnnxModel.StartRuntime); // it takes longest to start: meanwhile the rest is read
        return PackedFile.Open(path);
    }
}

using Simile.Models.BuiltIn;

namespace Simile.Models.Verification;

/// <summary>Compares a model with what its authors published, for whoever must trust it.</summary>
/// <remarks>
/// Files are compared with the hashes that Simile keeps of the models it knows, that the hub's cache names its files by, or that the user gives;
/// tokens, pixels and vectors with values that Simile keeps, or that the user's own reference wrote. docs/models/verify.md describes both.
/// </remarks>
public static class ModelVerifier
{
    /// <summary>Makes all the comparisons that something is known for.</summary>
    /// <param name="model"><see cref="TextEmbedder.BuiltIn"/>, a folder, a file, or the name of a model in the hub's cache.</param>
    /// <param name="options">What to compare with; null for what Simile keeps alone.</param>
    /// <param name="cancellationToken">Stops between files and items.</param>
    /// <returns>The comparisons, files first. The model is what it should be where none is <see cref="CheckVerdict.Different"/> and some are <see cref="CheckVerdict.Same"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is no number of at least 0.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such model.</exception>
    /// <exception cref="FileNotFoundException">A file of the options is missing.</exception>
    /// <exception cref="InvalidDataException">A file of the options is not of its form.</exception>
    public static IReadOnlyList<ModelCheck> Verify(string model, VerificationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        options ??= new VerificationOptions();
        options.Validate();
        var given = options.ReferenceFile is { } file ? Reference.Load(file) : null;
        var hashes = options.HashFile is { } hashFile ? HashList.Load(hashFile) : null;
        var files = Find(model);
        var digests = files.ToDictionary(entry => entry.Name, entry => FileDigest.Of(entry.Path, cancellationToken));
        var kept = Catalogue.Find(model, digests.Values);
        List<ModelCheck> checks = [.. FileChecks.Run(files, digests, kept, given, hashes)];
        if (kept is not null || given is not null)
        {
            checks.AddRange(ValueChecks.Run(model, [.. new[] { kept, given }.OfType<Reference>()], options.Tolerance, cancellationToken));
        }

        return checks;
    }

    private static (string Name, string Path)[] Find(string model)
    {
        if (model == TextEmbedder.BuiltIn)
        {
            return [(BuiltInModel.FileName, BuiltInModel.FilePath)];
        }

        if (File.Exists(model))
        {
            return [(Path.GetFileName(model), Path.GetFullPath(model))];
        }

        var folder = ModelFolder.Find(model).Path;
        return
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path => (Path.GetRelativePath(folder, path).Replace('\\', '/'), path))
                .OrderBy(entry => entry.Item1, StringComparer.Ordinal),
        ];
    }
}

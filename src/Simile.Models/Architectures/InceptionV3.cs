namespace Simile.Models.Architectures;

/// <summary>
/// Inception v3 (Szegedy et al. 2016) with torchvision's names. The auxiliary classifier is left out, as in torchvision's evaluation.
/// </summary>
internal sealed class InceptionV3
{
    private readonly ConvolutionGraph _network;

    private InceptionV3(ConvolutionGraph network) => _network = network;

    /// <summary>Writes the whole network.</summary>
    public static void Build(ConvolutionGraph network)
    {
        var inception = new InceptionV3(network);
        var x = inception.Stem(network.Pixels);
        foreach (var name in (string[])["5b", "5c", "5d"])
        {
            x = network.Offer("Mixed_" + name, inception.FiveByFive(x, $"Mixed_{name}."));
        }

        x = network.Offer("Mixed_6a", inception.FirstReduction(x, "Mixed_6a."));
        foreach (var name in (string[])["6b", "6c", "6d", "6e"])
        {
            x = network.Offer("Mixed_" + name, inception.SevenBySeven(x, $"Mixed_{name}."));
        }

        x = network.Offer("Mixed_7a", inception.SecondReduction(x, "Mixed_7a."));
        foreach (var name in (string[])["7b", "7c"])
        {
            x = network.Offer("Mixed_" + name, inception.Split(x, $"Mixed_{name}."));
        }

        network.End(x, network.Mean(x), "fc");
    }

    private FeatureMap Stem(FeatureMap x)
    {
        x = _network.Config.Flag("transform_input", false) ? _network.FromImageNet(x) : x;
        x = Unit(x, "Conv2d_1a_3x3", 2, ConvolutionPadding.Valid);
        x = Unit(x, "Conv2d_2a_3x3", 1, ConvolutionPadding.Valid);
        x = _network.MaxPool(Unit(x, "Conv2d_2b_3x3"), 3, 2, 0);
        x = Unit(x, "Conv2d_3b_1x1");
        return _network.MaxPool(Unit(x, "Conv2d_4a_3x3", 1, ConvolutionPadding.Valid), 3, 2, 0);
    }

    private FeatureMap FiveByFive(FeatureMap x, string block) => _network.Concat(
        Unit(x, block + "branch1x1"),
        Chain(x, block, "branch5x5_1", "branch5x5_2"),
        Chain(x, block, "branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"),
        Unit(_network.MeanPool(x), block + "branch_pool"));

    private FeatureMap FirstReduction(FeatureMap x, string block) => _network.Concat(
        Unit(x, block + "branch3x3", 2, ConvolutionPadding.Valid),
        Unit(Chain(x, block, "branch3x3dbl_1", "branch3x3dbl_2"), block + "branch3x3dbl_3", 2, ConvolutionPadding.Valid),
        _network.MaxPool(x, 3, 2, 0));

    private FeatureMap SevenBySeven(FeatureMap x, string block) => _network.Concat(
        Unit(x, block + "branch1x1"),
        Chain(x, block, "branch7x7_1", "branch7x7_2", "branch7x7_3"),
        Chain(x, block, "branch7x7dbl_1", "branch7x7dbl_2", "branch7x7dbl_3", "branch7x7dbl_4", "branch7x7dbl_5"),
        Unit(_network.MeanPool(x), block + "branch_pool"));

    private FeatureMap SecondReduction(FeatureMap x, string block) => _network.Concat(
        Unit(Unit(x, block + "branch3x3_1"), block + "branch3x3_2", 2, ConvolutionPadding.Valid),
        Unit(Chain(x, block, "branch7x7x3_1", "branch7x7x3_2", "branch7x7x3_3"), block + "branch7x7x3_4", 2, ConvolutionPadding.Valid),
        _network.MaxPool(x, 3, 2, 0));

    private FeatureMap Split(FeatureMap x, string block)
    {
        var middle = Unit(x, block + "branch3x3_1");
        var deep = Chain(x, block, "branch3x3dbl_1", "branch3x3dbl_2");
        return _network.Concat(
            Unit(x, block + "branch1x1"),
            Unit(middle, block + "branch3x3_2a"),
            Unit(middle, block + "branch3x3_2b"),
            Unit(deep, block + "branch3x3dbl_3a"),
            Unit(deep, block + "branch3x3dbl_3b"),
            Unit(_network.MeanPool(x), block + "branch_pool"));
    }

    private FeatureMap Chain(FeatureMap x, string block, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            x = Unit(x, block + name);
        }

        return x;
    }

    private FeatureMap Unit(FeatureMap x, string name, int stride = 1, ConvolutionPadding padding = ConvolutionPadding.Symmetric) =>
        _network.Unit(x, name + ".conv", name + ".bn", "relu", stride, padding);
}

namespace Placeholder;

public class PlaceholderTests
{
    [Fact]
    public void Runs() => Assert.NotEmpty(Simile.Testing.Assets.Repository);
}

using MonaLisa.Engine.Output;

namespace MonaLisa.Engine.Tests;

public class GlslFileTests
{
    // What Firefox takes.
    private const int MaxSourceLength = 262_143;

    [Fact]
    public void Too_many_weights_are_named_with_the_limit_and_the_remedy()
    {
        var network = new Mlp(new MlpDesign { HiddenLayers = [127, 127] });
        Assert.InRange(network.ParameterCount, GlslFile.MaxValueCount + 1, GlslFile.MaxValueCount + 700);
        string message = AssertTooLarge(network);
        Assert.Contains($"{network.ParameterCount} weights", message);
        Assert.Contains($"at most {GlslFile.MaxValueCount}", message);
    }

    [Fact]
    public void Frequencies_count_too()
    {
        Mlp network = TestNetworks.Create(new FourierEncoding { Count = 512, Sigma = 5 }, Activation.ReLU, [15]);
        Assert.InRange(network.ParameterCount, 1, GlslFile.MaxValueCount);
        AssertTooLarge(network);
    }

    [Fact]
    public void A_table_that_is_too_large_is_named_with_the_limit_and_the_remedy()
    {
        var grid = new GridEncoding { Levels = [new(64, 65, 4160)] };
        string message = AssertTooLarge(TestNetworks.Create(grid, Activation.ReLU, [4]));
        Assert.Contains("8320 values", message);
        Assert.Contains($"at most {GlslFile.MaxTableValueCount}", message);
    }

    [Fact]
    public void The_largest_network_is_no_longer_than_browsers_allow()
    {
        string source = Source(TestNetworks.Create(Activation.Sine, [88, 88, 90]));
        Assert.InRange(source.Length, 150_000, MaxSourceLength);
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("a backslash joins lines\\")]
    [InlineData("*/ void mainImage(")]
    [InlineData("\u2028\u0085\r \ud800 \u202e é 🖼")]
    public void A_name_stays_in_its_comment(string name)
    {
        string[] named = Source(ExportCases.Get("Sine").WithTraining(ExportCases.Facts(name: name))).Split('\n');
        string[] plain = Source(ExportCases.Get("Sine")).Split('\n');

        Assert.StartsWith("// ", named[0]);
        Assert.Matches(@"^[ -\[\]-~]+$", named[0]);
        Assert.Equal(plain[1..], named[1..]);
    }

    [Fact]
    public void It_uses_the_canvas_s_size_and_nothing_else_of_Shadertoy_s() =>
        Assert.Equal(["iResolution"], System.Text.RegularExpressions.Regex.Matches(Source(ExportCases.Get("Sine")), @"\bi[A-Z]\w+")
            .Select(match => match.Value).Distinct());

    [Fact]
    public void Every_weight_is_in_the_source_with_every_digit()
    {
        Mlp network = ExportCases.Get("Ragged");
        string source = Source(network);
        Assert.All(network.Layers.SelectMany(layer => layer.Weights.Concat(layer.Biases)),
            weight => Assert.Contains(ShaderNumber.Text(weight), source));
    }

    private static string Source(Mlp network)
    {
        using var folder = new TemporaryFolder();
        new GlslFile().Save(network, folder.File("a.glsl"), cancellationToken: TestContext.Current.CancellationToken);
        return File.ReadAllText(folder.File("a.glsl"));
    }

    private static string AssertTooLarge(Mlp network)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("a.glsl");
        var error = Assert.Throws<ModelFileException>(
            () => new GlslFile().Save(network, file, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(ModelFileProblem.TooLarge, error.Problem);
        Assert.Contains(file, error.Message);
        Assert.Contains(new HtmlFile().Extension, error.Message);
        Assert.Empty(folder.FileNames());
        return error.Message;
    }
}

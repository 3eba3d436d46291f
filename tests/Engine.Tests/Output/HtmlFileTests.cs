using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MonaLisa.Engine.Output;

namespace MonaLisa.Engine.Tests;

public class HtmlFileTests
{
    [Fact]
    public void Its_policy_allows_its_own_style_and_script_and_no_request()
    {
        string page = Page(ExportCases.Get("Sine"));
        string policy = Match(page, "Content-Security-Policy\" content=\"([^\"]*)\"");
        Assert.StartsWith("default-src 'none'; ", policy);
        Assert.Contains($"style-src '{Hash(Match(page, "<style>(.*?)</style>"))}'", policy);
        Assert.Contains($"script-src '{Hash(Match(page, "<script>(.*?)</script>"))}'", policy);
        Assert.DoesNotMatch(@"(?i)\b(src|href|action|data)\s*=|url\(|@import|\bon\w+\s*=\s*[""']|javascript:", page);
    }

    [Theory]
    [InlineData("</title><script>alert(1)</script>")]
    [InlineData("\" onfocus=\"alert(1)\" autofocus x=\"")]
    [InlineData("' & <b> {{script}} {{values}}")]
    public void A_name_is_text_and_nothing_else(string name)
    {
        string plain = Page(ExportCases.Get("Sine")), page = Page(ExportCases.Get("Sine").WithTraining(ExportCases.Facts(name: name)));
        Assert.Equal(plain.Replace(">test", ">N", StringComparison.Ordinal).Replace("\"test", "\"N", StringComparison.Ordinal),
            page.Replace(WebUtility.HtmlEncode(name), "N", StringComparison.Ordinal));
        Assert.DoesNotContain(name, page);
    }

    [Fact]
    public void What_turns_the_direction_of_text_is_replaced() =>
        Assert.Contains("<h1>a_b_c</h1>", Page(ExportCases.Get("Sine").WithTraining(ExportCases.Facts(name: "a\u202eb\u2028c"))));

    [Fact]
    public void It_tells_name_shape_size_and_PSNR()
    {
        string page = Page(ExportCases.Get("Sine"));
        Assert.Contains("<title>test, painted by a neural network</title>", page);
        Assert.Contains("<li>2-16-16-3 Sine</li><li>371 parameters</li><li>34.6 dB</li>", page);
    }

    [Fact]
    public void A_network_that_was_not_trained_has_a_page_too()
    {
        string page = Page(new Mlp(new MlpDesign { HiddenLayers = [4] }));
        Assert.Contains("<h1>Untitled</h1>", page);
        Assert.DoesNotContain(" dB", page);
    }

    [Fact]
    public void A_grid_without_a_picture_has_the_proportion_of_its_finest_level()
    {
        Mlp network = TestNetworks.Create(new GridEncoding { Levels = [new(4, 4, 16), new(40, 30, 500)] }, Activation.ReLU, [4]);
        Assert.Contains("data-width=\"40\" data-height=\"30\"", Page(network));
    }

    [Fact]
    public void The_texture_begins_with_what_the_shader_looks_up_and_holds_every_number()
    {
        Mlp network = TestNetworks.Create(
            new GridEncoding { Levels = [new(3, 4, 12), new(9, 7, 20)] }, Activation.ReLU, [6, 5]);
        string page = Page(network);
        float[] values = Values(page);

        Assert.Equal(int.Parse(Match(page, "data-texels=\"(\\d+)\"")) * 4, values.Length);
        // Three layers and two levels; vectors in, vectors out, first texel.
        const int LayerStart = 6, First = 2 * (1 + 4), Second = 2 * (1 + 8), Third = 1 + 8;
        const int TableStart = LayerStart + First + Second + Third;
        Assert.Equal(
            [
                3, 2, 0, 0, 1, 2, LayerStart, 0, 2, 2, LayerStart + First, 0, 2, 1, LayerStart + First + Second, 0,
                3, 4, TableStart, -1, 9, 7, TableStart + 6, TableStart + 16,
            ], values[..24]);
        Assert.Equal(network.EncodingTensors[0].Values, values.Skip(4 * TableStart).Take(24));
        Assert.Equal(network.EncodingTensors[1].Values, values.Skip(4 * (TableStart + 6)).Take(40));
        GridLevel shared = new(9, 7, 20);
        Assert.Equal(Enumerable.Range(0, 7).Select(row => (float)shared.RowStart(row)), values.Skip(4 * (TableStart + 16)).Take(7));
        Assert.Equal(4 * (TableStart + 18), values.Length);
    }

    [Fact]
    public void A_network_beyond_every_texture_is_named_with_the_limit()
    {
        string message = AssertTooLarge(new Mlp(new MlpDesign { HiddenLayers = [4096, 4096] }));
        Assert.Contains($"at most {HtmlFile.MaxValueCount}", message);
    }

    [Fact]
    public void A_picture_of_latents_with_more_pixels_than_texels_is_named_with_both()
    {
        string message = AssertTooLarge(new Mlp(TrainingDefaults.LatentDesign(1).With(LatentEncoding.For(2049, 2048, 1))));
        Assert.Contains("picture has 4196352 pixels, and a page holds at most 4194304", message);
        Assert.Contains("New-PixelDataset -MaxSize", message);
    }

    [Theory, InlineData(NeighborhoodTask.Enlarge, 1_048_576), InlineData(NeighborhoodTask.Denoise, 1_863_785)]
    public void A_picture_that_is_too_large_for_the_page_to_paint_is_named_with_how_large_it_may_be(NeighborhoodTask task, int most)
    {
        var encoding = new NeighborhoodEncoding { Task = task, Width = 2000, Height = 1000 };
        string message = AssertTooLarge(new Mlp(new MlpDesign { HiddenLayers = [8], Activation = Activation.ReLU }.With(encoding)));
        Assert.Contains($"the network's picture has 2000000 pixels, and a page holds at most {most}.", message, StringComparison.Ordinal);
        Assert.Contains("New-PixelDataset -MaxSize", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_of_latents_allows_its_decoder_too()
    {
        string page = Page(LatentSamples.Network(20, 16, 3));
        string[] scripts = [.. Regex.Matches(page, "<script>(.*?)</script>", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, scripts.Length);
        string policy = Match(page, "Content-Security-Policy\" content=\"([^\"]*)\"");
        Assert.All(scripts, script => Assert.Contains($"'{Hash(script)}'", policy));
    }

    [Fact]
    public void A_layer_that_is_too_wide_to_keep_is_named_with_the_limit_and_a_last_one_is_not()
    {
        string message = AssertTooLarge(new Mlp(new MlpDesign { HiddenLayers = [HtmlFile.MaxKeptWidth + 1, 2] }));
        Assert.Contains($"at most {HtmlFile.MaxKeptWidth}", message);
        Assert.Contains("182,403 parameters", Page(new Mlp(new MlpDesign { HiddenLayers = [30_400] })));
    }

    private static string Page(Mlp network)
    {
        using var folder = new TemporaryFolder();
        new HtmlFile().Save(network, folder.File("a.html"), cancellationToken: TestContext.Current.CancellationToken);
        return File.ReadAllText(folder.File("a.html"));
    }

    private static string AssertTooLarge(Mlp network)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("a.html");
        var error = Assert.Throws<ModelFileException>(
            () => new HtmlFile().Save(network, file, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(ModelFileProblem.TooLarge, error.Problem);
        Assert.Contains(file, error.Message);
        Assert.Contains(ModelFile.Extension, error.Message);
        Assert.Empty(folder.FileNames());
        return error.Message;
    }

    private static float[] Values(string page)
    {
        byte[] bytes = Convert.FromBase64String(Match(page, "id=\"values\">(.*?)</script>"));
        var values = new float[bytes.Length / sizeof(float)];
        Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);
        return values;
    }

    private static string Match(string text, string pattern)
    {
        Match match = Regex.Match(text, pattern, RegexOptions.Singleline);
        Assert.True(match.Success, $"There is no {pattern} in the page.");
        return match.Groups[1].Value;
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

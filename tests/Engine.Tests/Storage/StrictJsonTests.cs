using System.Text;
using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Tests;

/// <summary>JSON is refused in our own words, which name what is wrong and nothing of the code.</summary>
public class StrictJsonTests
{
    private static readonly string Whole = Encoding.UTF8.GetString(
        ModelDescription.Of(SampleNetworks.Grid().Design, SampleNetworks.Facts with { Psnr = null, HeldOutPsnr = null }).ToJson());

    [Fact]
    public void What_is_not_known_is_written_and_what_there_is_not_is_left_out()
    {
        Assert.Contains("\"psnr\":null", Whole);
        Assert.DoesNotContain("heldOutPsnr", Whole);
        Assert.Equal(SampleNetworks.Grid().Design, Parse(Whole).Design);
    }

    [Theory]
    [InlineData("{\"writer\"", "{\"path\":1,\"writer\"", "has 'path' where it is not expected")]
    [InlineData("\"seed\":", "\"Seed\":", "has 'Seed' where it is not expected")]
    [InlineData("{\"kind\":\"Grid\",", "{\"kind\":\"Grid\",\"octaves\":3,", "has 'octaves' where it is not expected")]
    [InlineData("{\"kind\":\"Grid\",", "{\"octaves\":3,\"kind\":\"Grid\",", "has 'octaves' where it is not expected")]
    [InlineData("\"outputs\":3,", "\"outputs\":3,\"outputs\":3,", "names 'outputs' twice")]
    [InlineData("\"outputs\":3,", "", "does not tell 'outputs'")]
    [InlineData("\"kind\":\"Grid\",", "", "does not tell 'kind'")]
    [InlineData("\"outputs\":3,", "\"outputs\":\"3\",", "has a text where a number is expected")]
    [InlineData("\"outputs\":3,", "\"outputs\":null,", "has true, false or null where a number is expected")]
    [InlineData("\"outputs\":3,", "\"outputs\":[3],", "has an array where a number is expected")]
    [InlineData("\"outputs\":3,", "\"outputs\":3.5,", "has a number where a whole number from -2147483648 to 2147483647 is expected")]
    [InlineData("\"omega\":", "\"omega\":1e39,\"x\":", "has a number that is too large")]
    [InlineData("\"colors\":\"Symmetric\"", "\"colors\":\"symmetric\"", "has 'symmetric' where one of ")]
    [InlineData("\"kind\":\"Grid\"", "\"kind\":\"Hash\"", "has 'Hash' where one of None, Frequency, Fourier, Grid, Neighborhood, Latent is expected")]
    [InlineData("\"kind\":\"Grid\"", "\"kind\":3", "has a number where a text is expected")]
    [InlineData("\"epochs\":77", "\"epochs\":-1", "has a number where a whole number from 0 to 2147483647 is expected")]
    [InlineData("Mona Lisa, 1503", "../Mona Lisa", "has the name '../Mona Lisa")]
    [InlineData("Mona Lisa, 1503", "\\ud800", "has text that is not Unicode")]
    [InlineData("{\"writer\"", "{\"writer\"x", "is not well-formed JSON")]
    [InlineData("{\"writer\"", "{}{\"writer\"", "is not well-formed JSON")]
    public void What_is_wrong_is_named(string old, string replacement, string what)
    {
        Assert.Contains(old, Whole);
        var error = Assert.Throws<ModelFileException>(() => Parse(Whole.Replace(old, replacement, StringComparison.Ordinal)));
        Assert.Equal(ModelFileProblem.InvalidDescription, error.Problem);
        Assert.StartsWith($"'file' cannot be loaded: its description {what}", error.Message);
    }

    [Fact]
    public void JSON_that_is_not_UTF_8_is_named() => Assert.Contains(
        "its description is not UTF-8",
        Assert.Throws<ModelFileException>(() => ModelDescription.Parse([.. Encoding.UTF8.GetBytes(Whole), 0xFF], new ModelFaults("file"))).Message);

    private static ModelDescription Parse(string json) => ModelDescription.Parse(Encoding.UTF8.GetBytes(json), new ModelFaults("file"));
}

using System.Globalization;
using MonaLisa.Engine.Output;

namespace MonaLisa.Engine.Tests;

/// <summary>What holds for shaders and pages alike.</summary>
public class ExportedFileTests
{
    public static TheoryData<string> Extensions => [new GlslFile().Extension, new HtmlFile().Extension];

    [Theory, MemberData(nameof(Extensions))]
    public void A_file_is_replaced_only_when_asked(string extension)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("a" + extension);
        File.WriteAllText(file, "old");

        var error = Assert.Throws<ModelFileException>(() => Save(ExportCases.Get("Sine"), file));
        Assert.Equal(ModelFileProblem.FileExists, error.Problem);
        Assert.Equal("old", File.ReadAllText(file));

        Save(ExportCases.Get("Sine"), file, overwrite: true);
        Assert.Contains("vec4 activate(vec4 z)", File.ReadAllText(file));
        Assert.Equal(["a" + extension], folder.FileNames());
    }

    [Theory, MemberData(nameof(Extensions))]
    public void A_weight_that_is_no_number_is_refused(string extension)
    {
        Mlp network = ExportCases.Get("Sine");
        network.Layers[1].Weights[3] = float.NaN;
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<ModelFileException>(() => Save(network, folder.File("a" + extension)));

        Assert.Equal(ModelFileProblem.NotFinite, error.Problem);
        Assert.Empty(folder.FileNames());
    }

    [Theory, MemberData(nameof(Extensions))]
    public void A_cancelled_save_leaves_nothing(string extension)
    {
        using var folder = new TemporaryFolder();

        Assert.ThrowsAny<OperationCanceledException>(
            () => SaveUntil(ExportCases.Get("Sine"), folder.File("a" + extension), overwrite: true, new CancellationToken(canceled: true)));

        Assert.Empty(folder.FileNames());
    }

    [Theory, MemberData(nameof(Extensions))]
    public void The_file_does_not_depend_on_the_culture(string extension)
    {
        using var folder = new TemporaryFolder();
        Mlp network = ExportCases.Get("Grid4");
        Save(network, folder.File("here" + extension));
        CultureInfo here = CultureInfo.CurrentCulture, there = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        NumberFormatInfo numbers = there.NumberFormat;
        (numbers.NumberDecimalSeparator, numbers.NumberGroupSeparator, numbers.NegativeSign) = (",", ".", "minus");
        try
        {
            CultureInfo.CurrentCulture = there;
            Save(network, folder.File("there" + extension));
        }
        finally
        {
            CultureInfo.CurrentCulture = here;
        }
        Assert.Equal(File.ReadAllText(folder.File("here" + extension)), File.ReadAllText(folder.File("there" + extension)));
    }

    private static void Save(Mlp network, string file, bool overwrite = false) =>
        SaveUntil(network, file, overwrite, TestContext.Current.CancellationToken);

    private static void SaveUntil(Mlp network, string file, bool overwrite, CancellationToken cancellationToken)
    {
        NetworkExport format =
            file.EndsWith(new GlslFile().Extension, StringComparison.Ordinal) ? new GlslFile() : new HtmlFile();
        format.Save(network, file, overwrite, cancellationToken);
    }
}

using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Reads pictures as datasets that a network can learn.</summary>
[Cmdlet(VerbsCommon.New, "PixelDataset", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PixelDataset))]
public sealed class NewPixelDatasetCommand : FilePathCommand
{
    private PictureReadOptions _options = null!;

    /// <summary>The longest side in pixels; a larger picture is made smaller, a smaller one stays as it is.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    [ValidateRange(1, int.MaxValue)]
    public Count? MaxSize { get; set; }

    /// <summary>The most pixels that a file may have before it is made smaller; a picture of more is refused.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    [ValidateRange(1, int.MaxValue)]
    public Count MaxPixels { get; set; } = new(PictureReadOptions.DefaultMaxPixels);

    /// <summary>Keeps a picture's alpha as a fourth channel. By default, pixels with an alpha below a half are ignored.</summary>
    [Parameter]
    public SwitchParameter Alpha { get; set; }

    /// <summary>A picture of the same size; the network does not learn from the pixels that are dark in it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Mask { get; set; }

    /// <summary>The share of the pixels that the network does not learn from, above 0 and below 1.</summary>
    [Parameter]
    public double? HoldOut { get; set; }

    /// <summary>Which pixels those are.</summary>
    [Parameter]
    [OneValue]
    [ArgumentCompleter(typeof(ChoiceCompleter<HoldOutPattern>))]
    public Choices.HoldOutPattern HoldOutPattern { get; set; } = new(Engine.HoldOutPattern.Random);

    /// <summary>Seed of their choice.</summary>
    [Parameter]
    public int? HoldOutSeed { get; set; } = MlpDesign.DefaultSeed;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        HoldOut? holdOut = HoldOutOf();
        string? mask = null;
        if (Mask is not null)
            Require(new ErrorContext(Mask), () => mask = FileResolver.Target(this, Mask));
        _options = new PictureReadOptions { MaxSize = MaxSize, MaxPixels = MaxPixels, KeepAlpha = Alpha, Mask = mask, HoldOut = holdOut };
    }

    private protected override void ProcessFile(string file)
    {
        PixelDataset dataset = ReadPicture(file, _options);
        if (dataset.TrainingPixelCount < dataset.PixelCount)
            WriteVerboseLine(
                $"Pixels to learn: {dataset.TrainingPixelCount}, held out: {dataset.HeldOutPixelCount}, ignored: {dataset.IgnoredPixelCount}.");
        WriteObject(dataset);
    }

    private HoldOut? HoldOutOf()
    {
        if (HoldOut is not double fraction)
        {
            foreach (string name in (string[])[nameof(HoldOutPattern), nameof(HoldOutSeed)])
                if (IsGiven(name))
                    Refuse($"-{name} says how to hold pixels out; give -HoldOut too, or leave it out.");
            return null;
        }
        if (HoldOutPattern == Engine.HoldOutPattern.Grid && IsGiven(nameof(HoldOutSeed)))
            Refuse("-HoldOutSeed is for the patterns Random and Block, and nothing of Grid is random. Leave it out, or choose another -HoldOutPattern.");
        var holdOut = new HoldOut { Fraction = fraction, Pattern = HoldOutPattern, Seed = HoldOutSeed ?? MlpDesign.DefaultSeed };
        Require(new ErrorContext(fraction), holdOut.Validate);
        return holdOut;
    }
}

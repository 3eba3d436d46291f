using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>A command that paints at a size.</summary>
public abstract class SizedExportCommand : ExportCommand
{
    /// <summary>Pixels in a row of the painting; alone, it keeps the shape of the picture that was learned.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    [ValidateRange(1, PictureSize.MaxSide)]
    public Count? Width { get; set; }

    /// <summary>Rows of the painting; alone, it keeps the shape of the picture that was learned.</summary>
    [Parameter]
    [Single]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    [ValidateRange(1, PictureSize.MaxSide)]
    public Count? Height { get; set; }

    /// <summary>Times the size of what is painted of the picture that was learned.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ExampleCompleter))]
    public double? Scale { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Scale is not null && (Width is not null || Height is not null))
            Refuse("-Scale and -Width or -Height contradict each other; give either the scale or the size.", Scale);
        if (Scale is double scale && !(scale > 0 && double.IsFinite(scale)))
            Refuse(FormattableString.Invariant($"-Scale must be a number above 0, not {scale}."), Scale);
    }

    /// <summary>The error of a -Format that comes with a file.</summary>
    /// <param name="given">The file as it was given.</param>
    /// <param name="format">The format.</param>
    private protected static CommandException FormatOfFile(string given, object format) => new(CommandErrors.InvalidOption(
        $"-Format is for writing into a folder; the extension of the file '{given}' chooses its format. Leave out -Format, " +
        "or give a folder as -Destination.", format));
}

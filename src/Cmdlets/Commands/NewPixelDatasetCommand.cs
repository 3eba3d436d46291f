using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Reads pictures as datasets that a network can learn.</summary>
[Cmdlet(VerbsCommon.New, "PixelDataset", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PixelDataset))]
public sealed class NewPixelDatasetCommand : FilePathCommand
{
    /// <summary>The longest side in pixels; a larger picture is made smaller, a smaller one stays as it is.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxSize { get; set; }

    /// <inheritdoc/>
    protected override void ProcessFile(string file)
    {
        if (PictureFiles.TryRead(this, file, MaxSize) is not PixelDataset dataset)
            return;
        WriteVerboseLine($"Read '{file}': {dataset.Width} x {dataset.Height}, {dataset.BitDepth} bit.");
        WriteObject(dataset);
    }
}

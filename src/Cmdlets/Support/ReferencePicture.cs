using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>The picture of a -Reference, read from its file when it is first needed.</summary>
/// <param name="command">The command that has the parameter.</param>
/// <param name="source">What was given.</param>
/// <param name="parameter">The parameter's name, for messages.</param>
internal sealed class ReferencePicture(StoppableCommand command, PictureSource source, string parameter = "Reference")
{
    /// <summary>Outputs of a network that paints alpha.</summary>
    public const int ChannelsWithAlpha = 4;

    private readonly Dictionary<PictureReadOptions, PixelDataset> _read = [];

    /// <summary>The picture; a dataset is as it is, a file is read so.</summary>
    /// <exception cref="CommandException">There is no such file, or it cannot be read.</exception>
    public PixelDataset Read(PictureReadOptions options)
    {
        if (source.Value is PixelDataset or TrainingRun)
            return source.Value as PixelDataset ?? ((TrainingRun)source.Value).Dataset;
        if (!_read.TryGetValue(options, out PixelDataset? picture))
        {
            string file = FileResolver.Single(command, source.Value, parameter);
            _read.Add(options, picture = Read(file, options));
        }
        return picture;
    }

    /// <summary>The picture to compare with what a network paints: with alpha where the network has it.</summary>
    /// <inheritdoc cref="Read(PictureReadOptions)" path="/exception"/>
    public PixelDataset For(Mlp network) => Read(new PictureReadOptions { KeepAlpha = network.OutputCount == ChannelsWithAlpha });

    // The error's target is this file, and not that of whatever is written or measured.
    private PixelDataset Read(string file, PictureReadOptions options)
    {
        try
        {
            return command.ReadPicture(file, options);
        }
        catch (PictureException exception)
        {
            throw new CommandException(CommandErrors.Of(exception, new ErrorContext(File: file))!);
        }
    }
}

using MonaLisa.Engine;
using MonaLisa.Quality;

QualityOptions options;
try
{
    options = QualityOptions.Parse(args);
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(QualityOptions.Usage);
    return 2;
}

foreach (string path in options.Pictures)
{
    PixelDataset picture = PictureReader.Read(path);
    Console.WriteLine($"### {picture.Name}, {picture.Width} x {picture.Height}, seed {options.Seed}, {DateTime.Now:yyyy-MM-dd}");
    Console.WriteLine();
    Console.WriteLine("| setting | network | parameters | seconds | epochs | seconds an epoch | PSNR, dB | MAE | ended by | provider, threads |");
    Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|---|---|");
    foreach (Setting setting in Setting.All(options).Where(each => each.Name.Contains(options.Filter, StringComparison.OrdinalIgnoreCase)))
    {
        TrainingRun run = setting.Train(picture);
        double epochs = run.PixelsPerSecond * run.Elapsed.TotalSeconds / picture.PixelCount;
        // Who stops a run when it has reached its error cancels it.
        string ending = run.StopReason == StopReason.Canceled ? "MAE reached" : run.StopReason.ToString();
        Console.WriteLine(
            $"| {setting.Name} | {run.Network.Shape} {run.Network.Activation} | {run.Network.ParameterCount:N0} | {run.Elapsed.TotalSeconds:F1} " +
            $"| {epochs:F1} | {run.Elapsed.TotalSeconds / epochs:F2} | {run.Psnr:F2} | {run.Mae:F4} | {ending} | {run.Provider}, {run.ThreadCount} |");
        if (options.Folder is { } folder)
            Painting.Write(folder, setting, run);
    }
    Console.WriteLine();
}
return 0;

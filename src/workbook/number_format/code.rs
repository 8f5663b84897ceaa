//! Compiles a format code into sections of tokens.

/// A stretch of a format code.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Literal(String),
    /// A place for a digit before the point: `0`, `#` or `?`.
    Whole(char),
    /// A place for a digit behind the point.
    Decimal(char),
    Point,
    Percent,
    Exponent {
        plus: bool,
        places: usize,
    },
    Date(DatePart),
    General,
    At,
}

/// A part of a date or time; the number is how often its letter stands.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(super) enum DatePart {
    Year(usize),
    Month(usize),
    Day(usize),
    Weekday(usize),
    JapaneseWeekday(usize),
    Era(usize),
    EraYear(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    /// Digits of a second's fraction.
    Fraction(usize),
    /// `AM/PM` (true) or `A/P`.
    HalfDay(bool),
    ElapsedHours(usize),
    ElapsedMinutes(usize),
    ElapsedSeconds(usize),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Condition {
    operator: String,
    operand: f64,
}

impl Condition {
    pub(super) fn holds(&self, value: f64) -> bool {
        match self.operator.as_str() {
            "<" => value < self.operand,
            "<=" => value <= self.operand,
            ">" => value > self.operand,
            ">=" => value >= self.operand,
            "<>" => value != self.operand,
            _ => value == self.operand,
        }
    }
}

/// One section of a format code, for numbers of a sign or for a condition.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Section {
    pub(super) tokens: Vec<Token>,
    pub(super) condition: Option<Condition>,
    pub(super) is_date: bool,
    /// Whether the code asks for a vulgar fraction, which is shown as a decimal one.
    pub(super) has_fraction: bool,
    pub(super) is_grouped: bool,
    pub(super) whole_places: usize,
    pub(super) decimals: usize,
    pub(super) percents: usize,
    /// Commas behind the last digit: divide by a thousand each.
    pub(super) thousands: usize,
    pub(super) exponent: Option<usize>,
    /// The first year of an era is written 元.
    pub(super) is_gannen: bool,
    /// `e` is the year of the common era (Chinese locales).
    pub(super) is_chinese: bool,
}

/// At most this many characters of a code are looked at; Excel takes 255.
const MAX_CODE: usize = 1024;

pub(super) fn sections(code: &str) -> Vec<Section> {
    let characters: Vec<char> = code.chars().take(MAX_CODE).collect();
    let mut sections = Vec::new();
    let mut position = 0;
    loop {
        let mut compiler =
            Compiler { code: &characters, position, section: Section::default(), is_behind_point: false };
        compiler.run();
        position = compiler.position;
        sections.push(compiler.finish());
        if position >= characters.len() {
            return sections;
        }
        // Behind the `;`.
        position += 1;
    }
}

struct Compiler<'a> {
    code: &'a [char],
    position: usize,
    section: Section,
    is_behind_point: bool,
}

impl Compiler<'_> {
    fn run(&mut self) {
        while let Some(&c) = self.code.get(self.position) {
            if c == ';' {
                return;
            }
            self.position += 1;
            match c {
                '"' => self.quoted(),
                '\\' | '!' => self.escaped(),
                '_' | '*' => self.position += 1,
                '[' => self.bracket(),
                '0' | '#' | '?' => self.digit(c),
                '.' => self.point(),
                ',' => self.comma(),
                '%' => {
                    self.section.percents += 1;
                    self.section.tokens.push(Token::Percent);
                }
                '/' if self.is_in_fraction() => self.section.has_fraction = true,
                '@' => self.section.tokens.push(Token::At),
                'G' | 'g' if self.word("eneral") => self.section.tokens.push(Token::General),
                'E' | 'e' if matches!(self.code.get(self.position), Some('+' | '-')) => self.exponent(),
                'A' | 'a' if self.word("m/pm") => self.date(DatePart::HalfDay(true)),
                'A' | 'a' if self.word("/p") => self.date(DatePart::HalfDay(false)),
                _ if "yYmMdDhHsSaAgGeErRbBn".contains(c) => self.letters(c.to_ascii_lowercase()),
                _ => self.literal(c),
            }
        }
    }

    fn literal(&mut self, c: char) {
        match self.section.tokens.last_mut() {
            Some(Token::Literal(text)) => text.push(c),
            _ => self.section.tokens.push(Token::Literal(c.to_string())),
        }
    }

    fn quoted(&mut self) {
        while let Some(&c) = self.code.get(self.position) {
            self.position += 1;
            if c == '"' {
                return;
            }
            self.literal(c);
        }
    }

    fn escaped(&mut self) {
        if let Some(&c) = self.code.get(self.position) {
            self.literal(c);
            self.position += 1;
        }
    }

    /// Takes a word, whatever its case, if it stands next.
    fn word(&mut self, word: &str) -> bool {
        let length = word.len();
        let next = self.code.get(self.position..self.position + length);
        let is_next = next.is_some_and(|next| word.chars().zip(next).all(|(a, b)| a == b.to_ascii_lowercase()));
        if is_next {
            self.position += length;
        }
        is_next
    }

    fn bracket(&mut self) {
        let rest = &self.code[self.position..];
        let length = rest.iter().position(|&c| c == ']').unwrap_or(rest.len());
        let inside: String = rest[..length].iter().collect();
        self.position += length + 1;
        let lower = inside.to_ascii_lowercase();
        if let Some(locale) = inside.strip_prefix('$') {
            self.locale(locale);
        } else if inside.starts_with(['<', '>', '=']) {
            let operator: String = inside.chars().take_while(|c| "<>=".contains(*c)).collect();
            let operand = inside[operator.len()..].trim().parse().unwrap_or(0.0);
            self.section.condition = Some(Condition { operator, operand });
        } else if let Some(first) = lower.chars().next().filter(|&first| lower.chars().all(|c| c == first)) {
            match first {
                'h' => self.date(DatePart::ElapsedHours(lower.len())),
                'm' => self.date(DatePart::ElapsedMinutes(lower.len())),
                's' => self.date(DatePart::ElapsedSeconds(lower.len())),
                _ => {}
            }
        }
    }

    /// A currency sign and a locale: `$¥-411`, `$-F800`, `$-ja-JP-x-gannen`.
    fn locale(&mut self, locale: &str) {
        let (sign, language) = locale.split_once('-').unwrap_or((locale, ""));
        sign.chars().for_each(|c| self.literal(c));
        let language = language.to_ascii_lowercase();
        self.section.is_gannen = language.contains("gannen");
        self.section.is_chinese = language.ends_with("804") || language.ends_with("404") || language.starts_with("zh");
        match language.as_str() {
            "f800" => self.replace("yyyy年m月d日"),
            "f400" => self.replace("h:mm:ss"),
            _ => {}
        }
    }

    /// The system's own date or time: what the code says is an example only.
    fn replace(&mut self, code: &str) {
        let characters: Vec<char> = code.chars().collect();
        let mut compiler =
            Compiler { code: &characters, position: 0, section: Section::default(), is_behind_point: false };
        compiler.run();
        self.section.tokens = compiler.section.tokens;
        self.section.is_date = true;
        let rest = &self.code[self.position..];
        self.position += rest.iter().position(|&c| c == ';').unwrap_or(rest.len());
    }

    fn digit(&mut self, c: char) {
        if self.section.is_date || self.section.exponent.is_some() {
            return self.literal(c);
        }
        if self.is_behind_point {
            self.section.decimals += 1;
            self.section.tokens.push(Token::Decimal(c));
        } else {
            self.section.whole_places += 1;
            self.section.tokens.push(Token::Whole(c));
        }
    }

    fn point(&mut self) {
        let zeros = self.code[self.position..].iter().take_while(|&&c| c == '0').count();
        let is_after_second =
            matches!(self.section.tokens.last(), Some(Token::Date(DatePart::Second(_) | DatePart::ElapsedSeconds(_))));
        if is_after_second && zeros > 0 {
            self.position += zeros;
            self.date(DatePart::Fraction(zeros.min(3)));
        } else if self.section.is_date {
            self.literal('.');
        } else if !self.is_behind_point {
            self.is_behind_point = true;
            self.section.tokens.push(Token::Point);
        } else {
            self.literal('.');
        }
    }

    fn comma(&mut self) {
        let is_behind_digit = matches!(self.section.tokens.last(), Some(Token::Whole(_) | Token::Decimal(_)));
        if self.section.is_date || !(is_behind_digit || self.section.thousands > 0) {
            return self.literal(',');
        }
        if matches!(self.code.get(self.position), Some('0' | '#' | '?')) && !self.is_behind_point {
            self.section.is_grouped = true;
        } else {
            self.section.thousands += 1;
        }
    }

    fn is_in_fraction(&self) -> bool {
        let is_behind_digit = matches!(self.section.tokens.last(), Some(Token::Whole(_) | Token::Literal(_)));
        let is_before_digit = matches!(self.code.get(self.position), Some('0'..='9' | '#' | '?'));
        !self.section.is_date && self.section.whole_places > 0 && is_behind_digit && is_before_digit
    }

    fn exponent(&mut self) {
        let plus = self.code[self.position] == '+';
        self.position += 1;
        let rest = &self.code[self.position..];
        let places = rest.iter().take_while(|c| matches!(c, '0' | '#' | '?')).count();
        self.position += places;
        self.section.exponent = Some(places);
        self.section.tokens.push(Token::Exponent { plus, places });
    }

    fn letters(&mut self, letter: char) {
        let rest = &self.code[self.position..];
        let more = rest.iter().take_while(|c| c.to_ascii_lowercase() == letter).count();
        self.position += more;
        let count = more + 1;
        match letter {
            'y' => self.date(DatePart::Year(count)),
            'm' => self.month_or_minute(count),
            'd' if count > 2 => self.date(DatePart::Weekday(count)),
            'd' => self.date(DatePart::Day(count)),
            'a' if count > 2 => self.date(DatePart::JapaneseWeekday(count)),
            'h' => self.date(DatePart::Hour(count)),
            's' => self.second(count),
            'g' => self.date(DatePart::Era(count)),
            'e' => self.date(DatePart::EraYear(count)),
            'r' if count > 1 => {
                self.date(DatePart::Era(3));
                self.date(DatePart::EraYear(2));
            }
            'r' => self.date(DatePart::EraYear(2)),
            _ => (0..count).for_each(|_| self.literal(letter)),
        }
    }

    /// `m` is a minute right behind an hour or right before a second.
    fn month_or_minute(&mut self, count: usize) {
        let before = self.section.tokens.iter().rev().find(|token| matches!(token, Token::Date(_)));
        let is_minute = matches!(before, Some(Token::Date(DatePart::Hour(_) | DatePart::ElapsedHours(_))));
        self.date(if is_minute { DatePart::Minute(count) } else { DatePart::Month(count) });
    }

    fn second(&mut self, count: usize) {
        let before = self.section.tokens.iter_mut().rev().find(|token| matches!(token, Token::Date(_)));
        if let Some(Token::Date(part)) = before
            && let DatePart::Month(minutes @ 1..=2) = *part
        {
            *part = DatePart::Minute(minutes);
        }
        self.date(DatePart::Second(count));
    }

    fn date(&mut self, part: DatePart) {
        self.section.is_date = true;
        self.section.tokens.push(Token::Date(part));
    }

    fn finish(mut self) -> Section {
        // Digits among date parts are literal text (`yyyy/m/d 0`); they were placed before the date was seen.
        if self.section.is_date {
            for token in &mut self.section.tokens {
                match token {
                    Token::Whole(c) | Token::Decimal(c) => *token = Token::Literal(c.to_string()),
                    Token::Point => *token = Token::Literal(".".to_owned()),
                    _ => {}
                }
            }
        }
        self.section
    }
}
